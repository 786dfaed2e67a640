/** Fleiss' κ (1971). A row a subject: how many people chose each answer; every row has the same sum. */
export function fleissKappa(counts: readonly (readonly number[])[]): { agreement: number; chance: number; kappa: number | null } {
  const people = counts[0].reduce((a, b) => a + b, 0)
  const pairs = people * (people - 1)
  const agreement = counts.reduce((sum, row) => sum + row.reduce((of, n) => of + n * (n - 1), 0) / pairs, 0) / counts.length
  const chance = counts[0].reduce((sum, _, j) => sum + (counts.reduce((of, row) => of + row[j], 0) / (counts.length * people)) ** 2, 0)
  return { agreement, chance, kappa: chance < 1 ? (agreement - chance) / (1 - chance) : null }
}
