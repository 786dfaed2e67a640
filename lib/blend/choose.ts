import type { BlendSpec, Decision } from './schema'

export const ALT = 'alt'

const byId = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
/** What a synthetic kind weighs; with no weights given all weigh alike. */
export const weightOf = (weights: BlendSpec['weights'], kind: string) => (Object.keys(weights).length === 0 ? 1 : (weights[kind] ?? 0))

type Share = { kind: string; share: number }

/** Each synthetic kind there is with its share of the synthetic side, in order of kind id. Kinds of weight 0 stay out. */
export function shares(kinds: readonly string[], weights: BlendSpec['weights']): readonly Share[] {
  const weighed = kinds
    .filter((kind) => kind !== ALT)
    .sort(byId)
    .map((kind) => ({ kind, weight: weightOf(weights, kind) }))
    .filter((one) => one.weight > 0)
  const total = weighed.reduce((sum, one) => sum + one.weight, 0)
  return weighed.map((one) => ({ kind: one.kind, share: one.weight / total }))
}

/** What a set of kinds allows: its synthetic side, and whether there is an original. */
export type Sides = { between: readonly Share[]; alt: boolean }
export const sidesOf = (kinds: readonly string[], weights: BlendSpec['weights']): Sides => ({ between: shares(kinds, weights), alt: kinds.includes(ALT) })

/**
 * Which of a sample's kinds it is trained on. `synthetic` is the side its u asked for; a missing side falls back to the
 * other, or (fallback off) leaves the sample out: null.
 */
export function decide({ between, alt }: Sides, synthetic: boolean, v: number, fallback: boolean): Decision | null {
  const missing = synthetic ? between.length === 0 : !alt
  if (missing && (!fallback || (between.length === 0 && !alt))) return null
  if (synthetic === missing) return { kind: ALT, fallback: missing }
  let reached = 0
  for (const { kind, share } of between) {
    reached += share
    if (v < reached) return { kind, fallback: missing }
  }
  return { kind: between[between.length - 1].kind, fallback: missing }
}

/** The same for kinds and a spec. */
export const choose = (kinds: readonly string[], synthetic: boolean, v: number, spec: Pick<BlendSpec, 'weights' | 'fallback'>): Decision | null => decide(sidesOf(kinds, spec.weights), synthetic, v, spec.fallback)
