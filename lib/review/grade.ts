import { cohenKappa, agreement, columnsOf, rowsOf, type PairTable } from './cohen-kappa'
import { Z95 } from './distribution'
import { wilson, type Interval } from './wilson'

/** Below this many decisions a check is not graded. */
export const ENOUGH = 30

/** One caption: whether the check raised its flag, and whether people found the caption bad. */
export type Case = { flagged: boolean; bad: boolean }
export type Share = Interval & { value: number | null; n: number }
export type Grade = { n: number; enough: boolean; precision: Share; recall: Share; kappa: number | null; /** 95 % interval of κ; null where κ is */ kappaInterval: Interval | null; words: string }

const share = (k: number, n: number): Share => ({ value: n ? k / n : null, n, ...wilson(k, n) })

/** κ ± z·SE with Cohen's (1960) standard error √(p₀(1−p₀)/(n(1−pₑ)²)), within −1..1. */
export function kappaInterval(table: PairTable): Interval | null {
  const [kappa, seen] = [cohenKappa(table), agreement(table)]
  if (kappa === null || seen === null) return null
  const [rows, columns] = [rowsOf(table), columnsOf(table)]
  const n = rows.reduce((a, b) => a + b, 0)
  const chance = rows.reduce((sum, row, i) => sum + (row * columns[i]) / n ** 2, 0)
  const half = (Z95 * Math.sqrt((seen * (1 - seen)) / n)) / (1 - chance)
  return { low: Math.max(-1, kappa - half), high: Math.min(1, kappa + half) }
}

/** How well an automatic check agrees with people: of what it raised, how much was bad; of what was bad, how much it raised. */
export function grade(cases: readonly Case[]): Grade {
  const count = (flagged: boolean, bad: boolean) => cases.filter((one) => one.flagged === flagged && one.bad === bad).length
  const [hit, alarm, missed, quiet] = [count(true, true), count(true, false), count(false, true), count(false, false)]
  const table = [[hit, alarm], [missed, quiet]]
  const enough = cases.length >= ENOUGH
  const precision = share(hit, hit + alarm)
  const percent = (value: number) => `${Math.round(value * 100)} %`
  const words = !enough ? 'not enough decisions' : precision.value === null ? 'never raised among decided captions' : `${percent(precision.value)} of what it raised was bad (${percent(precision.low)} to ${percent(precision.high)}, n = ${precision.n})`
  return { n: cases.length, enough, precision, recall: share(hit, hit + missed), kappa: cohenKappa(table), kappaInterval: kappaInterval(table), words }
}
