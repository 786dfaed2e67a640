import { betaInverse } from './distribution'
import type { Interval } from './wilson'

/** The exact interval for a share of k in n (Clopper & Pearson 1934). */
export function clopperPearson(k: number, n: number, risk = 0.05): Interval {
  return { low: k === 0 ? 0 : betaInverse(risk / 2, k, n - k + 1), high: k === n ? 1 : betaInverse(1 - risk / 2, k + 1, n - k) }
}

/** The one-sided upper bound: with this confidence the share is not above it. */
export const upperBound = (k: number, n: number, risk = 0.05): number => (k === n ? 1 : betaInverse(1 - risk, k + 1, n - k))
