import { z } from 'zod'
import { Kind, Standing } from '@/lib/caption/schema'

export const MODES = ['materialised', 'quota', 'weighted'] as const
export const Mode = z.enum(MODES)
export type Mode = z.infer<typeof Mode>

/** How kinds are mixed for training. Everything that decides which caption a sample gets; nothing else does. */
export const BlendSpec = z.object({
  /** share of samples that get a synthetic caption (any kind but `alt`); DALL·E 3 used .95 */
  p: z.number().min(0, 'p lies between 0 and 1').max(1, 'p lies between 0 and 1').default(0.95),
  /** between synthetic kinds; none given: all alike. A kind that is not named then weighs 0 */
  weights: z
    .record(Kind, z.number().min(0, 'a weight is at least 0').max(1e9))
    .default({})
    .refine((weights) => Object.keys(weights).length === 0 || Object.values(weights).some((weight) => weight > 0), 'give at least one kind a weight above 0'),
  standings: z.array(Standing).min(1, 'name at least one standing').default(['approved', 'pending']),
  /** a missing side falls back to the other; off: such a sample is left out */
  fallback: z.boolean().default(true),
  seed: z.number().int().default(0),
  /** which samples, in the filter language; empty: all */
  filter: z.string().default(''),
  mode: Mode.default('materialised'),
  /** also captions of which the describer said that it recognised nothing */
  includeNothingRecognised: z.boolean().default(false),
})
export type BlendSpec = z.infer<typeof BlendSpec>

/** One caption as the blend sees it. */
export type BlendCaption = {
  id: number
  kind: string
  origin: 'source' | 'model' | 'human'
  standing: Standing
  text: string
  /** first 16 hex digits of the text's sha256 */
  hash: string
  words: number
  model: string | null
  recipe: string | null
  quarantined: boolean
  retired: boolean
}

export type Decision = {
  kind: string
  /** the side that p asked for was missing */
  fallback: boolean
}
