import { dataIn } from '@/lib/captioner/delimit'
import { excerpt, plainWords, withoutQuotes } from '@/lib/caption/words'
import { named } from './catalog'
import type { FlagRule, Inspected } from './types'

const INJECTION = /\b(?:ignore|disregard|forget|override)\b[^.!?\n]{0,40}\b(?:instruction|prompt|previous|above|rule|system)s?|\b(?:you are now|new instructions?|system ?:|assistant ?:)|\b(?:say|reply|respond|answer|output|write|print|repeat)\b[^.!?\n]{0,20}\b(?:only|just|exactly|with|the (?:word|text|phrase|sentence))\b/i
const ORDER = /\b(?:say|reply|respond|answer|output|write|print|repeat|caption (?:it|this)(?: as)?)\b(?: (?:only|just|exactly|with|the|word|words|text|phrase|sentence|that|following|always))*\s*[:"'“”‘’]*\s*([^"'“”‘’.!?\n]{2,80})/gi
const RUN = 5

const sayings = (sample: Inspected) => [
  ...(sample.alt ? [{ where: 'the alt text', text: sample.alt, own: true }] : []),
  ...(sample.ocr?.length ? [{ where: 'the text on the picture', text: sample.ocr.join('\n'), own: false }] : []),
  ...dataIn(sample.prompt?.user ?? '').map(({ name, text }) => ({ where: `“${name}”`, text, own: name === 'alt-text' })),
]

function obeyed(answer: readonly string[], order: string): boolean {
  const words = plainWords(order)
  return words.length > 0 && ` ${answer.join(' ')} `.includes(` ${words.join(' ')} `) && (words.length >= 3 || words.length * 2 >= answer.length)
}

/** Finds answers that repeat the alt text word for word, and answers that did what text from the data told the model to do. */
export const echo: FlagRule = {
  ...named('echo'),
  on: 'model',
  check(sample) {
    const answer = plainWords(withoutQuotes(sample.text ?? ''))
    if (answer.length === 0) return null
    const joined = ` ${answer.join(' ')} `
    for (const { where, text, own } of sayings(sample)) {
      if (own && answer.length >= 2 && plainWords(text).join(' ') === answer.join(' ')) return { evidence: `the answer is ${where}, word for word` }
      const injected = INJECTION.exec(text.slice(0, 20_000))
      if (!injected) continue
      for (const [, order] of text.slice(0, 20_000).matchAll(ORDER)) if (obeyed(answer, order)) return { evidence: `${where} told the model to say “${excerpt(order)}”, and it did` }
      const words = plainWords(text.slice(injected.index))
      for (let i = 0; i + RUN <= words.length; i++) {
        const run = words.slice(i, i + RUN).join(' ')
        if (joined.includes(` ${run} `)) return { evidence: `“${excerpt(run)}” repeats an instruction that stands in ${where.replaceAll('“', '').replaceAll('”', '')}` }
      }
    }
    return null
  },
}
