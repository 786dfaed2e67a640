import { digestOf, uint32 } from '@/lib/digest'
import { choose } from './choose'
import type { BlendSpec, Decision } from './schema'

export type Draw = { u: number; v: number }

const uint64 = (digest: string, at: number) => (uint32(digest, at) * 2 ** 32 + uint32(digest, at + 4)) / 2 ** 64

/** Two numbers in 0..1 that belong to a sample for good: u chooses the side, v the synthetic kind. */
export function draw(seed: number, key: string): Draw {
  const h = digestOf(String(seed) + key)
  return { u: uint64(h, 0), v: uint64(h, 8) }
}

/** The pick: synthetic when u < p. Raising p never turns a sample back. */
export function pick(key: string, kinds: readonly string[], spec: Pick<BlendSpec, 'p' | 'seed' | 'weights' | 'fallback'>): Decision | null {
  const { u, v } = draw(spec.seed, key)
  return choose(kinds, u < spec.p, v, spec)
}
