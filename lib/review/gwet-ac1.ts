import { agreement, columnsOf, rowsOf, type PairTable } from './cohen-kappa'

/** Gwet's AC1 (2008): agreement beyond chance that stays meaningful when nearly all answers are the same. Null without pairs. */
export function gwetAc1(table: PairTable): number | null {
  const agreed = agreement(table)
  if (agreed === null) return null
  const [rows, columns] = [rowsOf(table), columnsOf(table)]
  const n = rows.reduce((a, b) => a + b, 0)
  const chance = rows.reduce((sum, row, i) => sum + ((row + columns[i]) / (2 * n)) * (1 - (row + columns[i]) / (2 * n)), 0) / (table.length - 1)
  return (agreed - chance) / (1 - chance)
}
