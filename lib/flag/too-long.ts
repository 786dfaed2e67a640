import { wordsOf } from '@/lib/caption/words'
import { named } from './catalog'
import type { FlagRule } from './types'

/** CC12M keeps texts of 3 to 256 words. */
const MOST = 256
const MOST_CHARACTERS = 2000

export const tooLong: FlagRule = {
  ...named('too-long'),
  on: 'alt',
  check({ text = '' }) {
    if (text.length > MOST_CHARACTERS) return { evidence: `${text.length} characters; at most ${MOST_CHARACTERS} are usual` }
    const words = wordsOf(text).length
    return words > MOST ? { evidence: `${words} words; at most ${MOST} are usual` } : null
  },
}
