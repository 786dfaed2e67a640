import { ALT, choose, shares } from './choose'
import type { BlendSpec } from './schema'
import { nothingToDraw, probabilities } from './weighted'

/** Caption lengths in words, a bin a word up to the last, which holds all longer ones. */
export const LENGTH_BINS = 201
export const lengthBin = (words: number): number => Math.min(words, LENGTH_BINS - 1)

/** Samples that have heads of the same kinds, and how long those heads are. Stored once; every p is drawn from it. */
export type Group = { kinds: readonly string[]; samples: number; lengths: Readonly<Record<string, readonly number[]>> }

export type Preview = {
  /** samples that a release would hold */
  samples: number
  /** expected number of samples by kind of the chosen caption */
  byKind: Record<string, number>
  fallbacks: { toAlt: number; toSynthetic: number }
  /** synthetic share after fallbacks */
  effectiveP: number
  /** samples that are left out because the side p asked for is missing */
  leftOut: number
  /** expected captions by length, and the same of the alt texts alone, for comparison */
  lengths: number[]
  originals: number[]
}

const add = (into: number[], counts: readonly number[] | undefined, by: number) => counts?.forEach((count, i) => (into[i] += count * by))

/** What a spec will make of these samples, as expected values: no sample is touched, so moving p costs nothing. */
export function preview(groups: readonly Group[], spec: Pick<BlendSpec, 'p' | 'weights' | 'fallback' | 'mode'>): Preview {
  const out: Preview = { samples: 0, byKind: {}, fallbacks: { toAlt: 0, toSynthetic: 0 }, effectiveP: 0, leftOut: 0, lengths: Array<number>(LENGTH_BINS).fill(0), originals: Array<number>(LENGTH_BINS).fill(0) }
  let synthetic = 0
  for (const group of groups) {
    add(out.originals, group.lengths[ALT], 1)
    if (nothingToDraw(spec, probabilities(group.kinds, spec))) {
      out.leftOut += group.samples
      continue
    }
    for (const side of [true, false]) {
      const part = side ? spec.p : 1 - spec.p
      const decision = choose(group.kinds, side, 0, spec)
      if (part === 0) continue
      if (!decision) {
        out.leftOut += group.samples * part
        continue
      }
      const between = decision.kind === ALT ? [{ kind: ALT, share: 1 }] : shares(group.kinds, spec.weights)
      if (decision.fallback) out.fallbacks[decision.kind === ALT ? 'toAlt' : 'toSynthetic'] += group.samples * part
      if (decision.kind !== ALT) synthetic += group.samples * part
      for (const { kind, share } of between) {
        out.byKind[kind] = (out.byKind[kind] ?? 0) + group.samples * part * share
        add(out.lengths, group.lengths[kind], part * share)
      }
      out.samples += group.samples * part
    }
  }
  out.effectiveP = out.samples === 0 ? 0 : synthetic / out.samples
  return out
}
