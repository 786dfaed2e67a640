import { headsOf as headsAmong } from '@/lib/caption/head'
import { choose } from './choose'
import { draw } from './pick'
import { probabilities } from './weighted'
import type { BlendCaption, BlendSpec } from './schema'

export type Chances = Map<string, ReadonlyMap<string, number>>
export type Blended = {
  chosen: BlendCaption
  fallback: boolean
  /** the head of every kind, `alt` first, with the probability with which a trainer should draw it */
  heads: readonly { caption: BlendCaption; p: number }[]
}

/** The heads of a sample by kind, under the standings the spec allows. */
export const headsOf = (captions: readonly BlendCaption[], spec: Pick<BlendSpec, 'standings'>): BlendCaption[] => headsAmong(captions, spec.standings)

/**
 * What one sample is trained on; null when nothing of it may be. `synthetic` decides the side by u: for the quota it is
 * made of all samples beforehand, otherwise it is u < p. `chances` remembers the probabilities of each set of kinds under
 * this spec, for a caller with many samples.
 */
export function blend(key: string, captions: readonly BlendCaption[], spec: BlendSpec, synthetic = (u: number) => u < spec.p, chances: Chances = new Map()): Blended | null {
  const heads = headsOf(captions, spec)
  if (heads.length === 0) return null
  const kinds = heads.map((head) => head.kind)
  const { u, v } = draw(spec.seed, key)
  const decision = choose(kinds, synthetic(u), v, spec)
  if (!decision) return null
  const set = kinds.join('\n')
  const p = chances.get(set) ?? probabilities(kinds, spec)
  chances.set(set, p)
  const chosen = heads.find((head) => head.kind === decision.kind)
  return chosen ? { chosen, fallback: decision.fallback, heads: heads.map((caption) => ({ caption, p: p.get(caption.kind) ?? 0 })) } : null
}
