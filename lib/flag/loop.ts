import { excerpt, plainWords } from '@/lib/caption/words'
import { named } from './catalog'
import type { FlagRule } from './types'

/** Longest phrase looked for when it follows itself. */
const LONGEST = 12
const SENTENCE_FROM = 4
const sentencesOf = (text: string) => text.slice(0, 20_000).split(/[.!?\n]+/).map((part) => plainWords(part).join(' '))

function backToBack(words: readonly string[]): { phrase: string; times: number } | undefined {
  for (let size = 1; size <= LONGEST; size++) {
    const enough = size === 1 ? 4 : size < 8 ? 3 : 2
    let same = 0
    for (let i = size; i < words.length; i++) {
      same = words[i] === words[i - size] ? same + 1 : 0
      if (same >= size * (enough - 1)) {
        const phrase = words.slice(i - size + 1, i + 1)
        return { phrase: phrase.join(' '), times: Math.floor(same / size) + 1 }
      }
    }
  }
  return undefined
}

export const loop: FlagRule = {
  ...named('loop'),
  on: 'model',
  check({ text = '' }) {
    const run = backToBack(plainWords(text))
    if (run) return { evidence: `“${excerpt(run.phrase)}” follows itself ${run.times} times` }
    const counts = new Map<string, number>()
    for (const sentence of sentencesOf(text)) if (sentence.split(' ').length >= SENTENCE_FROM) counts.set(sentence, (counts.get(sentence) ?? 0) + 1)
    const again = [...counts].find(([, times]) => times > 1)
    return again ? { evidence: `the sentence “${excerpt(again[0])}” stands ${again[1]} times` } : null
  },
}
