import type { BlendSpec, Decision } from './schema'

export const ALT = 'alt'

const byId = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
/** What a synthetic kind weighs; with no weights given all weigh alike. */
export const weightOf = (weights: BlendSpec['weights'], kind: string) => (Object.keys(weights).length === 0 ? 1 : (weights[kind] ?? 0))

type Shares = readonly { kind: string; share: number }[]
/** Asked for every sample, and the samples of a dataset hold few sets of kinds. Weights are never changed in place. */
const known = new WeakMap<BlendSpec['weights'], Map<string, Shares>>()

/** Each synthetic kind there is with its share of the synthetic side, in order of kind id. Kinds of weight 0 stay out. */
export function shares(kinds: readonly string[], weights: BlendSpec['weights']): Shares {
  const same = known.get(weights) ?? new Map<string, Shares>()
  known.set(weights, same)
  const name = kinds.join('\n')
  const found = same.get(name) ?? sharesOf(kinds, weights)
  same.set(name, found)
  return found
}

function sharesOf(kinds: readonly string[], weights: BlendSpec['weights']): Shares {
  const weighed = kinds
    .filter((kind) => kind !== ALT)
    .sort(byId)
    .map((kind) => ({ kind, weight: weightOf(weights, kind) }))
    .filter((one) => one.weight > 0)
  const total = weighed.reduce((sum, one) => sum + one.weight, 0)
  return weighed.map((one) => ({ kind: one.kind, share: one.weight / total }))
}

/**
 * Which of a sample's kinds it is trained on. `synthetic` is the side its u asked for; a missing side falls back to the
 * other, or (fallback off) leaves the sample out: null.
 */
export function choose(kinds: readonly string[], synthetic: boolean, v: number, spec: Pick<BlendSpec, 'weights' | 'fallback'>): Decision | null {
  const between = shares(kinds, spec.weights)
  const alt = kinds.includes(ALT)
  const missing = synthetic ? between.length === 0 : !alt
  if (missing && (!spec.fallback || (between.length === 0 && !alt))) return null
  if (synthetic === missing) return { kind: ALT, fallback: missing }
  let reached = 0
  for (const { kind, share } of between) {
    reached += share
    if (v < reached) return { kind, fallback: missing }
  }
  return { kind: between[between.length - 1].kind, fallback: missing }
}
