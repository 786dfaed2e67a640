/** z for a two-sided 95 % interval. */
export const Z95 = 1.959964

export type Interval = readonly [low: number, high: number]

/**
 * Wilson's score interval for x of n, 95 % unless z says otherwise. Clamped to 0..1: floating error would put the lower
 * bound of 0/n a hair below 0. Nothing seen says nothing: 0 of 0 is [0, 1].
 */
export function wilson(x: number, n: number, z = Z95): Interval {
  if (n <= 0) return [0, 1]
  const p = x / n
  const square = (z * z) / n
  const middle = (p + square / 2) / (1 + square)
  const half = (z / (1 + square)) * Math.sqrt((p * (1 - p)) / n + square / (4 * n))
  return [x === 0 ? 0 : Math.max(0, middle - half), x === n ? 1 : Math.min(1, middle + half)]
}
