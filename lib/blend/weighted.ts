import { ALT, shares } from './choose'
import type { BlendSpec } from './schema'

/** Each kind a sample has with the probability with which a trainer should draw it; they sum to 1. A missing side gives its share to the other. */
export function probabilities(kinds: readonly string[], spec: Pick<BlendSpec, 'p' | 'weights' | 'fallback'>): Map<string, number> {
  const between = shares(kinds, spec.weights)
  const alt = kinds.includes(ALT)
  if (!spec.fallback && ((between.length === 0 && spec.p > 0) || (!alt && spec.p < 1))) return new Map()
  const p = between.length === 0 ? 0 : alt ? spec.p : 1
  const found = new Map<string, number>()
  if (alt) found.set(ALT, 1 - p)
  for (const { kind, share } of between) found.set(kind, p * share)
  return found
}

/** Whether a trainer that draws by these probabilities could draw nothing: such a sample is in no weighted release, whatever its u. */
export const nothingToDraw = (spec: Pick<BlendSpec, 'mode'>, chances: ReadonlyMap<string, number>): boolean => spec.mode === 'weighted' && chances.size === 0

/** The chance that a sample shows its original text at least once when it is drawn once in each of E epochs. */
export const chanceOfOriginal = (p: number, epochs: number): number => 1 - p ** epochs
