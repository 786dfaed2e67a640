/** Runs of anything between white space, lower-cased: the tokens of all n-gram measures here. */
export function tokensOf(text: string): string[] {
  const trimmed = text.trim().toLowerCase()
  return trimmed === '' ? [] : trimmed.split(/\s+/)
}

/** Sentences: pieces closed by `.`, `!` or `?` before white space or the end, and a last piece without. */
export function sentencesIn(text: string): number {
  const pieces = text.trim().split(/[.!?]+["'”’)\]]*(?:\s+|$)/u)
  return pieces.filter((piece) => piece.trim() !== '').length
}

/** At most n of a list, evenly spread: the same list gives the same sample. */
export const spread = <T>(list: readonly T[], n: number): readonly T[] => (list.length <= n ? list : Array.from({ length: n }, (_, i) => list[Math.floor((i * list.length) / n)]))
