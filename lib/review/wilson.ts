import { wilson as bounds } from '@/lib/interval'
import { Z95 } from './distribution'

export type Interval = { low: number; high: number }

/** Wilson's score interval for a share of k in n, with its ends by name. */
export function wilson(k: number, n: number, z = Z95): Interval {
  const [low, high] = bounds(k, n, z)
  return { low, high }
}

/** How many to look at for an interval of ± `margin` around a share near p. */
export const sampleForMargin = (p: number, margin: number, z = Z95): number => Math.ceil((z * z * p * (1 - p)) / (margin * margin) - 1e-9)
