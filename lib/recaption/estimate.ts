import type { PlanInterval } from './schema'

/** Student's t for a two-sided 95 % interval by degrees of freedom 1 to 30; beyond, near enough the normal 1.96. */
const T95 = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131, 2.12, 2.11, 2.101, 2.093, 2.086, 2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048, 2.045, 2.042]

/**
 * The total over `count` samples from what a random few of them took: mean ± t-interval of the mean, times the count. The
 * few may be all of them, then nothing is uncertain. Null for no samples; with one, nothing is known of the spread, and
 * the interval runs from nothing to the double.
 */
export function totalOf(tried: readonly number[], count: number): PlanInterval | null {
  const n = tried.length
  if (n === 0) return count === 0 ? { mean: 0, low: 0, high: 0 } : null
  const mean = tried.reduce((sum, one) => sum + one, 0) / n
  if (n >= count) return { mean: mean * count, low: mean * count, high: mean * count }
  if (n === 1) return { mean: mean * count, low: 0, high: 2 * mean * count }
  const spread = Math.sqrt(tried.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (n - 1))
  // The few are part of the whole: the correction for a finite population makes the interval close as n nears the count.
  const half = (T95[n - 2] ?? 1.96) * (spread / Math.sqrt(n)) * Math.sqrt((count - n) / (count - 1))
  return { mean: mean * count, low: Math.max(0, mean - half) * count, high: (mean + half) * count }
}

export const scaled = (interval: PlanInterval | null, by: number): PlanInterval | null => interval && { mean: interval.mean * by, low: interval.low * by, high: interval.high * by }
