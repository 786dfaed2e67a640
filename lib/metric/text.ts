/** Runs of anything between white space, lower-cased: the tokens of all n-gram measures here. */
export function tokensOf(text: string): string[] {
  const trimmed = text.trim().toLowerCase()
  return trimmed === '' ? [] : trimmed.split(/\s+/)
}

/** The opening word: the first token, lower-cased, without `.`, `,` and `"`. */
export const openingOf = (text: string): string => (/\S+/.exec(text)?.[0] ?? '').toLowerCase().replace(/[.,"]/g, '')

export const CASINGS = ['lower', 'sentence', 'title', 'upper', 'none'] as const
export type Casing = (typeof CASINGS)[number]
/** lower: no capital anywhere · upper: only capitals · title: most words begin with one · sentence: the first letter is one · none: no letters. A text with inner capitals only counts as sentence. */
export function casingOf(text: string): Casing {
  const lower = text.toLowerCase()
  const upper = text.toUpperCase()
  if (lower === upper) return 'none'
  if (text === lower) return 'lower'
  if (text === upper) return 'upper'
  const words = text.match(/\p{L}[\p{L}\p{M}'’-]*/gu) ?? []
  const capital = words.filter((word) => word[0] !== word[0].toLowerCase()).length
  return words.length > 1 && capital * 3 > words.length * 2 ? 'title' : 'sentence'
}

export const ENDINGS = ['.', '!', '?', 'other', 'none'] as const
export type Ending = (typeof ENDINGS)[number]
/** How a text ends; closing quotes and brackets are looked through. */
export function endingOf(text: string): Ending {
  const last = text.trimEnd().replace(/["'”’)\]]+$/u, '').at(-1) ?? ''
  if (last === '.' || last === '!' || last === '?') return last
  return /\p{P}/u.test(last) ? 'other' : 'none'
}

/** Sentences: pieces closed by `.`, `!` or `?` before white space or the end, and a last piece without. */
export function sentencesIn(text: string): number {
  const pieces = text.trim().split(/[.!?]+["'”’)\]]*(?:\s+|$)/u)
  return pieces.filter((piece) => piece.trim() !== '').length
}

/** At most n of a list, evenly spread: the same list gives the same sample. */
export const spread = <T>(list: readonly T[], n: number): readonly T[] => (list.length <= n ? list : Array.from({ length: n }, (_, i) => list[Math.floor((i * list.length) / n)]))
