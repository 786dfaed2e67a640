import { hash } from 'node:crypto'
import type { Splits } from './schema'

/**
 * The split of a sample, by hash of its key; near-duplicates ask with the key of their group's first sample and stay
 * together. Its own salt, so that a split is no function of the blend.
 */
export function splitOf(splits: Splits, seed: number, key: string): string {
  const h = hash('sha256', `split:${seed}:${key}`, 'buffer')
  const at = ((h.readUInt32BE(0) * 2 ** 21 + (h.readUInt32BE(4) >>> 11)) / 2 ** 53) * Object.values(splits).reduce((sum, share) => sum + share, 0)
  const names = Object.keys(splits)
  let reached = 0
  for (const name of names) {
    reached += splits[name]
    if (at < reached) return name
  }
  return names[names.length - 1]
}
