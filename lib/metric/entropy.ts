/** Shannon entropy of counts, in bits. */
export function entropy(counts: Iterable<number>): number {
  const list = [...counts].filter((count) => count > 0)
  const total = list.reduce((sum, count) => sum + count, 0)
  return list.reduce((sum, count) => sum - (count / total) * Math.log2(count / total), 0)
}

/** Entropy over its largest possible value; 0 for a single outcome. */
export function evenness(counts: Iterable<number>): number {
  const list = [...counts].filter((count) => count > 0)
  return list.length < 2 ? 0 : entropy(list) / Math.log2(list.length)
}
