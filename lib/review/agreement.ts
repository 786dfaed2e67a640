import { agreement, cohenKappa, type PairTable } from './cohen-kappa'
import { gwetAc1 } from './gwet-ac1'
import { krippendorffAlpha } from './krippendorff-alpha'

/** What one person said about one thing; equal labels agree. */
export type Answer = { item: number; person: string; label: string }
/** `items`: things with at least two answers; each figure is null where it is not defined. */
export type Agreement = { items: number; pairs: number; agreement: number | null; kappa: number | null; ac1: number | null; alpha: number | null }

/** Agreement of two or more people: κ and AC1 over all pairs of answers (people in order of name), α over all answers. */
export function agreementOf(answers: readonly Answer[]): Agreement {
  const items = [...Map.groupBy(answers, (answer) => answer.item).values()].filter((group) => group.length > 1)
  const labels = [...new Set(items.flat().map((answer) => answer.label))].sort()
  // One label alone is still a table of two, the other never used.
  const size = Math.max(2, labels.length)
  const table = Array.from({ length: size }, () => Array.from({ length: size }, () => 0))
  for (const group of items) {
    const ordered = [...group].sort((a, b) => (a.person < b.person ? -1 : 1))
    ordered.forEach((first, i) => ordered.slice(i + 1).forEach((second) => table[labels.indexOf(first.label)][labels.indexOf(second.label)]++))
  }
  const pairs = table.flat().reduce((a, b) => a + b, 0)
  if (pairs === 0) return { items: 0, pairs: 0, agreement: null, kappa: null, ac1: null, alpha: null }
  const people = [...new Set(items.flat().map((answer) => answer.person))].sort()
  const ratings = people.map((person) => items.map((group) => { const own = group.find((answer) => answer.person === person); return own ? labels.indexOf(own.label) : null }))
  const pairTable: PairTable = table
  return { items: items.length, pairs, agreement: agreement(pairTable), kappa: cohenKappa(pairTable), ac1: gwetAc1(pairTable), alpha: krippendorffAlpha(ratings) }
}
