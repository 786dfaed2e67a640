import { z } from 'zod'
import { wilson } from '@/lib/interval'

const Interval = z.tuple([z.number(), z.number()])
const Counts = z.record(z.string(), z.number().int())
/** How one recipe version, by one model, fared with the people who looked. */
export const Scorecard = z.object({
  recipe: z.string(),
  model: z.string().nullable(),
  captions: z.number().int(),
  /** captions a person decided on one by one; certified ones were not looked at and do not count */
  decided: z.number().int(),
  approved: z.number().int(),
  edited: z.number().int(),
  rejected: z.number().int(),
  approval: z.object({ rate: z.number().nullable(), interval: Interval }),
  reasons: Counts,
  /** characters changed by the people who edited */
  editDistance: z.object({ edits: z.number().int(), median: z.number().nullable(), mean: z.number().nullable() }),
  guards: Counts,
  cost: z.number(),
  costPerApproved: z.number().nullable(),
})
export type Scorecard = z.infer<typeof Scorecard>

export type Raw = Pick<Scorecard, 'recipe' | 'model' | 'captions' | 'approved' | 'rejected' | 'reasons' | 'guards' | 'cost'> & { distances: readonly number[] }

/** An approved caption that was then edited counts as edited: it was not good as it stood. */
export function scorecard({ distances, ...raw }: Raw): Scorecard {
  const edited = distances.length
  const decided = raw.approved + raw.rejected + edited
  const sorted = [...distances].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return {
    ...raw,
    edited,
    decided,
    approval: { rate: decided === 0 ? null : raw.approved / decided, interval: [...wilson(raw.approved, decided)] },
    editDistance: {
      edits: edited,
      median: edited === 0 ? null : sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2,
      mean: edited === 0 ? null : sorted.reduce((sum, one) => sum + one, 0) / edited,
    },
    costPerApproved: raw.cost > 0 && raw.approved > 0 ? raw.cost / raw.approved : null,
  }
}
