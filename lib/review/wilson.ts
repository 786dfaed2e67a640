import { Z95 } from './distribution'

export type Interval = { low: number; high: number }

/** Wilson's score interval for a share of k in n (Wilson 1927). With nothing looked at, everything is possible. */
export function wilson(k: number, n: number, z = Z95): Interval {
  if (n === 0) return { low: 0, high: 1 }
  const p = k / n
  const middle = (p + (z * z) / (2 * n)) / (1 + (z * z) / n)
  const half = (z / (1 + (z * z) / n)) * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n))
  // At the ends the bound is exactly 0 or 1; the sum above misses it by a rounding error.
  return { low: k === 0 ? 0 : Math.max(0, middle - half), high: k === n ? 1 : Math.min(1, middle + half) }
}

/** How many to look at for an interval of ± `margin` around a share near p. */
export const sampleForMargin = (p: number, margin: number, z = Z95): number => Math.ceil((z * z * p * (1 - p)) / (margin * margin) - 1e-9)
