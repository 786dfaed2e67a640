import { Z95 } from './distribution'
import type { Interval } from './wilson'

/** `weight`: the stratum's share of all captions; of `n` looked at, `bad` were bad. */
export type Stratum = { weight: number; n: number; bad: number }

/** The share of bad captions over strata that were sampled at different rates; the pooled share would be wrong. */
export function stratified(strata: readonly Stratum[], z = Z95): Interval & { share: number; error: number } {
  const share = strata.reduce((sum, { weight, n, bad }) => sum + weight * (bad / n), 0)
  const error = Math.sqrt(strata.reduce((sum, { weight, n, bad }) => sum + (weight * weight * (bad / n) * (1 - bad / n)) / (n - 1), 0))
  return { share, error, low: Math.max(0, share - z * error), high: Math.min(1, share + z * error) }
}

/** Neyman's allocation: how many of `total` looks each stratum gets for the smallest error. Not rounded. */
export function neyman(strata: readonly { weight: number; share: number }[], total: number): number[] {
  const pull = strata.map(({ weight, share }) => weight * Math.sqrt(share * (1 - share)))
  const sum = pull.reduce((a, b) => a + b, 0)
  return pull.map((one) => (total * one) / sum)
}
