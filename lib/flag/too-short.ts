import { wordsOf } from '@/lib/caption/words'
import { named } from './catalog'
import type { FlagRule } from './types'

/** DataComp's basic filter: more than 2 words and more than 5 characters. */
const FEWEST = 3
const SHORTEST = 6

export const tooShort: FlagRule = {
  ...named('too-short'),
  on: 'alt',
  check({ text = '' }) {
    const bare = text.trim()
    if (!bare) return null
    const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u.test(bare)
    const words = unspaced ? wordsOf(bare).length : bare.split(/\s+/).length
    if (words < FEWEST) return { evidence: `${words} ${words === 1 ? 'word' : 'words'}; at least ${FEWEST} are usual` }
    const length = [...bare].length
    return !unspaced && length < SHORTEST ? { evidence: `${length} characters; at least ${SHORTEST} are usual` } : null
  },
}
