import { excerpt, plainWords, STOP_WORDS } from '@/lib/caption/words'
import { named } from './catalog'
import type { FlagRule } from './types'

const FEWEST_WORDS = 4
/** CC12M takes .2 of all words; natural sentences repeat their articles, so words that carry things are counted apart. */
const MOST = 0.45
const MOST_CONTENT = 0.34

/** 1 − distinct words / all words; 0 for no words. */
export const repetitionShare = (words: readonly string[]): number => (words.length ? 1 - new Set(words).size / words.length : 0)

export const repetition: FlagRule = {
  ...named('repetition'),
  on: 'alt',
  check({ text = '' }) {
    const words = plainWords(text)
    const content = words.filter((word) => !STOP_WORDS.has(word))
    const judged = content.length >= FEWEST_WORDS && repetitionShare(content) >= MOST_CONTENT ? content : words.length >= FEWEST_WORDS && words.length <= 60 && repetitionShare(words) >= MOST ? words : undefined
    if (!judged) return null
    const counts = new Map<string, number>()
    for (const word of judged) counts.set(word, (counts.get(word) ?? 0) + 1)
    const [word, times] = [...counts].reduce((most, one) => (one[1] > most[1] ? one : most))
    return { evidence: `${judged.length - counts.size} of ${judged.length} words are repeats; “${excerpt(word, 30)}” stands ${times} times` }
  },
}
