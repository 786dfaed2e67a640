import { grammar } from '@/lib/caption/grammar'
import { named } from './catalog'
import type { FlagRule } from './types'

/** English only: for other languages there is no tagger here, and no answer is better than a wrong one. */
export const noNoun: FlagRule = {
  ...named('no-noun'),
  on: 'alt',
  check({ text = '', language = 'en' }) {
    const head = text.slice(0, 2000)
    if (language !== 'en' || !head.trim() || /[^\P{L}\p{Script=Latin}]/u.test(head)) return null
    // wink tags an unknown word in capitals as a name, and one in lower case as a noun: both count as naming a thing.
    const words = grammar(head).filter((token) => /\p{L}/u.test(token.text))
    if (words.some((token) => token.pos === 'NOUN' || token.pos === 'PROPN')) return null
    const evidence = words.length === 0 ? 'there is no word in it' : words.length === 1 ? 'its one word does not name a thing' : `none of its ${words.length} words names a thing`
    return { evidence }
  },
}
