import { headsOf as headsAmong } from '@/lib/caption/head'
import { decide, sidesOf, type Sides } from './choose'
import { draw } from './pick'
import { nothingToDraw, probabilities } from './weighted'
import type { BlendCaption, BlendSpec } from './schema'

/** What is known of the sets of kinds met so far, by their kinds. */
export type Sets = Map<string, { sides: Sides; chances: ReadonlyMap<string, number> }>
export type Blended = {
  chosen: BlendCaption
  fallback: boolean
  /** the head of every kind, `alt` first */
  heads: readonly BlendCaption[]
  /** the probability with which a trainer should draw the head of each kind */
  chances: ReadonlyMap<string, number>
}

/** The heads of a sample by kind, under the standings the spec allows. */
export const headsOf = (captions: readonly BlendCaption[], spec: Pick<BlendSpec, 'standings'>): BlendCaption[] => headsAmong(captions, spec.standings)

/**
 * What one sample is trained on; null when nothing of it may be. `synthetic` decides the side by u: for the quota it is
 * made of all samples beforehand, otherwise it is u < p. `sets` remembers what this spec makes of each set of kinds, for a
 * caller with many samples.
 */
export function blend(key: string, captions: readonly BlendCaption[], spec: BlendSpec, synthetic = (u: number) => u < spec.p, sets: Sets = new Map()): Blended | null {
  const heads = headsOf(captions, spec)
  if (heads.length === 0) return null
  let name = ''
  for (const { kind } of heads) name += `${kind} `
  const set = sets.get(name) ?? setOf(heads.map((head) => head.kind), spec)
  sets.set(name, set)
  if (nothingToDraw(spec, set.chances)) return null
  const { u, v } = draw(spec.seed, key)
  const decision = decide(set.sides, synthetic(u), v, spec.fallback)
  const chosen = decision && heads.find((head) => head.kind === decision.kind)
  return chosen ? { chosen, fallback: decision.fallback, heads, chances: set.chances } : null
}

const setOf = (kinds: readonly string[], spec: BlendSpec) => ({ sides: sidesOf(kinds, spec.weights), chances: probabilities(kinds, spec) })
