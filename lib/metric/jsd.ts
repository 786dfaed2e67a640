export type Histogram = ReadonlyMap<string, number>
const total = (histogram: Histogram) => [...histogram.values()].reduce((sum, count) => sum + count, 0)

/** Jensen–Shannon divergence of two histograms in bits: 0 for equal ones, 1 for disjoint ones; null when one is empty. */
export function jsd(a: Histogram, b: Histogram): number | null {
  const [sumA, sumB] = [total(a), total(b)]
  if (sumA === 0 || sumB === 0) return null
  let bits = 0
  for (const key of new Set([...a.keys(), ...b.keys()])) {
    const p = (a.get(key) ?? 0) / sumA
    const q = (b.get(key) ?? 0) / sumB
    const m = (p + q) / 2
    if (p > 0) bits += (p / 2) * Math.log2(p / m)
    if (q > 0) bits += (q / 2) * Math.log2(q / m)
  }
  return Math.max(0, bits)
}

export const histogram = (counts: readonly number[]): Histogram => new Map(counts.map((count, i) => [String(i), count]))
