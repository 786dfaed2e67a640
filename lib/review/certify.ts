import { createHash } from 'node:crypto'
import type { SamplingPlan } from './acceptance'

const draw = (seed: number, id: number) => createHash('sha256').update(`${seed}:${id}`).digest('hex')

/** `size` of these ids at random by the seed, in the order in which they are to be looked at: the same seed, the same draw. */
export function drawSample(ids: readonly number[], size: number, seed: number): number[] {
  const keyed = ids.map((id) => [draw(seed, id), id] as const)
  keyed.sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : a[1] - b[1]))
  return keyed.slice(0, size).map(([, id]) => id)
}

/** A hash of a lot: proof of what a plan was about. */
export const lotHash = (ids: readonly number[]): string => createHash('sha256').update([...ids].sort((a, b) => a - b).join(',')).digest('hex')

export type Outcome = 'accepted' | 'rejected' | 'open'

/**
 * What the plan says so far. Rejected as soon as too many are bad; accepted when those left could no longer make it so. The
 * plan is never made larger: a lot that failed is reviewed or recaptioned.
 */
export function outcomeOf(plan: SamplingPlan, looked: number, bad: number): Outcome {
  if (bad > plan.allowed) return 'rejected'
  return bad + (plan.size - looked) <= plan.allowed && looked > 0 ? 'accepted' : looked >= plan.size ? 'accepted' : 'open'
}
