import { digestOf, uint32 } from '@/lib/digest'
import type { Splits } from './schema'

/**
 * The split of a sample, by hash of its key; near-duplicates ask with the key of their group's first sample and stay
 * together. Its own salt, so that a split is no function of the blend.
 */
export function splitOf(splits: Splits, seed: number, key: string): string {
  const h = digestOf(`split:${seed}:${key}`)
  const at = ((uint32(h, 0) * 2 ** 21 + (uint32(h, 4) >>> 11)) / 2 ** 53) * Object.values(splits).reduce((sum, share) => sum + share, 0)
  const names = Object.keys(splits)
  let reached = 0
  for (const name of names) {
    reached += splits[name]
    if (at < reached) return name
  }
  return names[names.length - 1]
}
