import { cohenKappa } from './cohen-kappa'
import { wilson, type Interval } from './wilson'

/** Below this many decisions a check is not graded. */
export const ENOUGH = 30

/** One caption: whether the check raised its flag, and whether people found the caption bad. */
export type Case = { flagged: boolean; bad: boolean }
export type Share = Interval & { value: number | null; n: number }
export type Grade = { n: number; enough: boolean; precision: Share; recall: Share; kappa: number | null; words: string }

const share = (k: number, n: number): Share => ({ value: n ? k / n : null, n, ...wilson(k, n) })

/** How well an automatic check agrees with people: of what it raised, how much was bad; of what was bad, how much it raised. */
export function grade(cases: readonly Case[]): Grade {
  const count = (flagged: boolean, bad: boolean) => cases.filter((one) => one.flagged === flagged && one.bad === bad).length
  const [hit, alarm, missed, quiet] = [count(true, true), count(true, false), count(false, true), count(false, false)]
  const enough = cases.length >= ENOUGH
  const precision = share(hit, hit + alarm)
  const percent = (value: number) => `${Math.round(value * 100)} %`
  const words = !enough ? 'not enough decisions' : precision.value === null ? 'never raised among decided captions' : `${percent(precision.value)} of what it raised was bad (${percent(precision.low)} to ${percent(precision.high)}, n = ${precision.n})`
  return { n: cases.length, enough, precision, recall: share(hit, hit + missed), kappa: cohenKappa([[hit, alarm], [missed, quiet]]), words }
}
