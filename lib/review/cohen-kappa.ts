/** Counts of pairs of answers: row = the first person's, column = the second's. */
export type PairTable = readonly (readonly number[])[]
export type Weights = 'none' | 'linear' | 'quadratic'

const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0)
export const rowsOf = (table: PairTable): number[] => table.map(sum)
export const columnsOf = (table: PairTable): number[] => table.map((_, j) => sum(table.map((row) => row[j])))

/** The share of pairs that agree; null without pairs. */
export function agreement(table: PairTable): number | null {
  const n = sum(rowsOf(table))
  return n === 0 ? null : sum(table.map((row, i) => row[i])) / n
}

/** Cohen's κ, weighted for ordered answers (Cohen 1960, 1968). Null when both gave one and the same answer throughout. */
export function cohenKappa(table: PairTable, weights: Weights = 'none'): number | null {
  const [rows, columns, k] = [rowsOf(table), columnsOf(table), table.length]
  const n = sum(rows)
  const apart = (i: number, j: number) => (weights === 'none' ? Number(i !== j) : (Math.abs(i - j) / (k - 1)) ** (weights === 'linear' ? 1 : 2))
  let seen = 0
  let expected = 0
  table.forEach((row, i) =>
    row.forEach((count, j) => {
      seen += apart(i, j) * count
      expected += (apart(i, j) * rows[i] * columns[j]) / n
    }),
  )
  return expected > 0 ? 1 - seen / expected : null
}
