import { withoutData } from '@/lib/captioner/delimit'
import { excerpt, plainWords } from '@/lib/caption/words'
import { named } from './catalog'
import type { FlagRule } from './types'

/** So many words in a row are no coincidence. */
const RUN = 8
const MARKS = /<\|[a-z_]+\|>|\[\/?INST\]|<\/?s>|<<\/?SYS>>|^#{2,} ?(?:instruction|response|system)|\b(?:system prompt|my instructions|the instructions (?:say|state|ask))\b|^(?:system|user|assistant) ?:|<\/?(?:alt-text|caption|hint|key|note|reasons|contradicted|text-on-picture|think)>|\b(?:confidence|probability|score) ?[:=] ?[01]?\.\d+|<loc_\d+>/im

export const leakedPrompt: FlagRule = {
  ...named('leaked-prompt'),
  on: 'model',
  check({ text = '', prompt }) {
    const mark = MARKS.exec(text.slice(0, 20_000))
    if (mark) return { evidence: `“${excerpt(mark[0])}” belongs to the exchange with the model` }
    if (!prompt) return null
    const own = ` ${plainWords(`${prompt.system}\n${withoutData(prompt.user)}`).join(' ')} `
    const words = plainWords(text)
    for (let i = 0; i + RUN <= words.length; i++) {
      const run = words.slice(i, i + RUN).join(' ')
      if (own.includes(` ${run} `)) return { evidence: `“${excerpt(run)}” stands in the instruction` }
    }
    return null
  },
}
