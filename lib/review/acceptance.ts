import { AppError } from '@/lib/errors'
import { binomialBelow, hypergeometricBelow } from './distribution'

/** Look at `size` captions; accept when at most `allowed` are bad. */
export type SamplingPlan = { size: number; allowed: number }

/** The smallest sample of an endless lot with P(accepted | a share of `limit` is bad) ≤ risk. */
export function smallestSample(limit: number, allowed: number, risk = 0.05): SamplingPlan {
  if (!(limit > 0 && limit < 1)) throw new AppError('invalid', 'The limit of bad captions is a share between 0 and 1, for example 0.05.')
  let size = allowed + 1
  // Doubling, then halving the gap: the chance falls with every caption looked at.
  while (binomialBelow(allowed, size, limit) > risk) size *= 2
  let enough = size
  for (let less = Math.floor(size / 2); enough - less > 1; ) {
    const middle = Math.floor((less + enough) / 2)
    if (binomialBelow(allowed, middle, limit) <= risk) enough = middle
    else less = middle
  }
  return { size: enough, allowed }
}

/** How many bad captions make a lot of this size as bad as the limit. */
export const badAtLimit = (lot: number, limit: number): number => Math.max(1, Math.ceil(lot * limit - 1e-9))

/** The same for a finite lot, without putting back. Throws 'invalid' when even a look at all of them could not tell. */
export function smallestFiniteSample(lot: number, bad: number, allowed: number, risk = 0.05): SamplingPlan {
  if (bad <= allowed) throw new AppError('invalid', `A lot of ${lot} is already too bad with ${bad} bad captions, so a plan cannot allow ${allowed}. Allow fewer.`)
  let less = allowed
  let enough = lot
  while (enough - less > 1) {
    const middle = Math.floor((less + enough) / 2)
    if (hypergeometricBelow(allowed, middle, lot, bad) <= risk) enough = middle
    else less = middle
  }
  return { size: enough, allowed }
}

/** The plan for a lot of captions: at most a share of `limit` bad, with confidence 1 − risk. */
export const planFor = (given: { lot: number; limit: number; allowed: number; risk?: number }): SamplingPlan =>
  smallestFiniteSample(given.lot, badAtLimit(given.lot, given.limit), given.allowed, given.risk)

/** The chance that a lot with this share of bad captions is accepted; finite when `lot` is given. */
export const acceptChance = (plan: SamplingPlan, share: number, lot?: number): number =>
  lot === undefined ? binomialBelow(plan.allowed, plan.size, share) : hypergeometricBelow(plan.allowed, plan.size, lot, Math.round(share * lot))

/** The operating characteristic: the chance of acceptance at each true share of bad captions, up to `to`. */
export const characteristic = (plan: SamplingPlan, to: number, lot?: number, points = 41): { share: number; accepted: number }[] =>
  Array.from({ length: points }, (_, i) => ({ share: (to * i) / (points - 1), accepted: acceptChance(plan, (to * i) / (points - 1), lot) }))
