import { tokensOf } from './text'

export const ngramsOf = (tokens: readonly string[], n: number): string[] => Array.from({ length: Math.max(0, tokens.length - n + 1) }, (_, i) => tokens.slice(i, i + n).join(' '))

/** distinct-n: unique over all n-grams, pooled; null when there is none. */
export function distinct(texts: readonly string[], n: number): number | null {
  const seen = new Set<string>()
  let total = 0
  for (const text of texts)
    for (const gram of ngramsOf(tokensOf(text), n)) {
      seen.add(gram)
      total++
    }
  return total === 0 ? null : seen.size / total
}

export function countsOf(items: Iterable<string>): Map<string, number> {
  const counts = new Map<string, number>()
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1)
  return counts
}
