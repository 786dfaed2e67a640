export type Level = 'nominal' | 'ordinal' | 'interval' | 'ratio'

/**
 * Krippendorff's α (Content Analysis, 2004, ch. 11). A row a person, a column a unit, null where nothing was said; units
 * with fewer than two values do not count. Null when there is no variation to agree about.
 */
export function krippendorffAlpha(ratings: readonly (readonly (number | null)[])[], level: Level = 'nominal'): number | null {
  const units = ratings[0].map((_, u) => ratings.flatMap((row) => row[u] ?? [])).filter((unit) => unit.length > 1)
  const values = [...new Set(units.flat())].sort((a, b) => a - b)
  const index = new Map(values.map((value, i) => [value, i]))
  const coincidence = values.map(() => values.map(() => 0))
  for (const unit of units) {
    unit.forEach((a, i) =>
      unit.forEach((b, j) => {
        if (i !== j) coincidence[index.get(a) ?? 0][index.get(b) ?? 0] += 1 / (unit.length - 1)
      }),
    )
  }
  const totals = coincidence.map((row) => row.reduce((a, b) => a + b, 0))
  const n = totals.reduce((a, b) => a + b, 0)
  const apart = distance(level, values, totals)
  let seen = 0
  let expected = 0
  values.forEach((_, c) =>
    values.forEach((_, k) => {
      seen += coincidence[c][k] * apart(c, k)
      expected += (totals[c] * totals[k] * apart(c, k)) / (n - 1)
    }),
  )
  return expected > 0 ? 1 - seen / expected : null
}

function distance(level: Level, values: readonly number[], totals: readonly number[]): (c: number, k: number) => number {
  if (level === 'nominal') return (c, k) => Number(c !== k)
  if (level === 'interval') return (c, k) => (values[c] - values[k]) ** 2
  if (level === 'ratio') return (c, k) => (values[c] + values[k] === 0 ? 0 : ((values[c] - values[k]) / (values[c] + values[k])) ** 2)
  return (c, k) => {
    const [low, high] = c < k ? [c, k] : [k, c]
    const between = totals.slice(low, high + 1).reduce((a, b) => a + b, 0)
    return (between - (totals[low] + totals[high]) / 2) ** 2
  }
}
