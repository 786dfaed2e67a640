import { z } from 'zod'
import type { Cuts } from '@/lib/caption/limits'
import { Kind } from '@/lib/caption/schema'
import { Price, PriceAsked } from '@/lib/captioner/price'
import type { Params } from '@/lib/captioner/types'

export const ParamsInput = z.object({
  temperature: z.number().min(0).max(2).optional(),
  maxTokens: z.number().int().min(1).max(100_000).optional(),
  seed: z.number().int().optional(),
  longestSide: z.number().int().min(32).max(4096).optional(),
  detail: z.enum(['low', 'high', 'auto']).optional(),
}) satisfies z.ZodType<Params>

/** What a new caption is measured by against the old one. */
export const BetterBy = z.object({ metric: z.string().min(1), better: z.enum(['higher', 'lower']).default('higher') })
export type BetterBy = z.infer<typeof BetterBy>

/** One request to recaption a selection. The same request again is the same run while that one is not finished. */
export const RunRequest = z.object({
  dataset: z.string().min(1),
  recipe: z.string().min(1),
  captioner: z.string().min(1).default('builtin'),
  /** the one the captioner is set up with, or its first, when left out */
  model: z.string().min(1).optional(),
  /** the selection: all samples that match … */
  filter: z.string().default(''),
  /** … and have one of these keys … */
  keys: z.array(z.string()).max(100_000).optional(),
  /** … and a caption that was rejected for this reason */
  rejectedFor: z.string().optional(),
  /** of what kind the new captions are, where that is not the recipe's own */
  kind: Kind.optional(),
  params: ParamsInput.default({}),
  /** of a million tokens; a side that is left out is the captioner's own */
  price: PriceAsked.optional(),
  /** never spend more than this: the run pauses before the call that could */
  budget: z.number().positive().optional(),
  /** really ask again, also where a caption of this recipe is there or an answer is stored */
  another: z.boolean().default(false),
  /** a reviewer's wish, given to the recipe for every sample of the selection */
  hint: z.string().max(2000).optional(),
  /** the new caption speaks for the sample only where it is better by one of these and worse by none */
  keepIfBetter: z.array(BetterBy).min(1).optional(),
  /** how many of the recipe's examples are shown to the model */
  examples: z.number().int().min(0).max(20).default(8),
  /** calls at a time; what the captioner is set up with when left out, as are price and requests a minute */
  concurrency: z.number().int().min(1).max(256).optional(),
  /** requests a minute, for all workers together */
  rpm: z.number().int().min(1).max(1_000_000).optional(),
  /** calls a sample at most, counting those whose answer was no caption */
  attempts: z.number().int().min(1).max(20).default(4),
  /** by the endpoint's batches: half the price, answers within a day */
  batch: z.boolean().default(false),
  author: z.string().max(200).default(''),
})
export type RunRequest = z.infer<typeof RunRequest>
export type RunAsked = z.input<typeof RunRequest>

/** A request to start, with what was seen of it before: its plan, or at least how many captions it would write. */
export const RunStart = RunRequest.omit({ dataset: true }).extend({
  /** the plan that was made of this very request */
  plan: z.number().int().positive().optional(),
  /** captions to write, as a plan or a selection counted them: it does not start when they have become more */
  expect: z.number().int().min(0).optional(),
})
export type RunStart = z.infer<typeof RunStart>

export type RunStatus = 'pending' | 'running' | 'paused' | 'done' | 'cancelled' | 'failed'
/** Why a sample of the selection is left as it is. */
export type SkipReason = 'human' | 'done' | 'dropped' | 'no-alt' | 'no-caption' | 'cancelled'

/** What is kept with a run beside its columns. */
export const RunExtras = RunRequest.pick({ keys: true, rejectedFor: true, another: true, hint: true, keepIfBetter: true, rpm: true, attempts: true, batch: true })
  .extend({ price: Price.optional(), concurrency: z.number().int().min(1), /** sets the questions of a run apart that really asks again */ salt: z.string().default(''), /** it mends captions: the new one has the kind of the old one */ keepsKind: z.boolean().default(false), needs: z.array(z.enum(['alt', 'caption'])).default([]), examples: z.array(z.object({ before: z.string(), after: z.string() })).default([]) })
export type RunExtras = z.infer<typeof RunExtras>

export type RunRow = {
  id: number
  datasetId: number
  captioner: string
  model: string
  recipe: string
  recipeVersion: number
  kind: string
  params: Params
  filter: string
  budget: number | null
  spent: number
  status: RunStatus
  why: string
  total: number
  done: number
  failed: number
  skipped: number
  author: string
  createdAt: string
  startedAt: string | null
  finishedAt: string | null
  /** its captions are out of play */
  rolledBack: boolean
  extras: RunExtras
}

export type RunProgress = {
  id: number
  status: RunStatus
  why: string
  total: number
  done: number
  failed: number
  skipped: number
  /** calls under way */
  running: number
  /** samples a minute, of the last minute */
  rate: number
  etaSeconds: number | null
  spent: number
  budgetLeft: number | null
  skippedBecause: { why: SkipReason; count: number }[]
  errorsByCause: { code: string; count: number; example: string }[]
  /** where the new caption had to be better: how often it was, and how often the old one still speaks */
  kept: { fresh: number; old: number } | null
  /** requests handed over in batches, where the run asks that way */
  batch: { open: number; requests: number } | null
  latest: { sampleId: number; key: string; mediaId: number | null; captionId: number; text: string; cuts: Cuts; quarantined: boolean; /** the open ones */ flags: { rule: string; evidence: string }[] }[]
}

export type PlanInterval = { mean: number; low: number; high: number }
/** `cuts`, `altCuts`: where encoders stop reading, told with the answer and not kept. */
export type PlanSample = { key: string; sampleId: number; mediaId: number | null; alt?: string; altCuts?: Cuts; text?: string; cuts?: Cuts; error?: string; flags: { rule: string; evidence: string }[]; ms: number; cost: number; cached: boolean }
export type RunPlan = {
  captioner: string
  model: string
  recipe: string
  kind: string
  /** samples of the selection */
  total: number
  /** samples that need a caption */
  work: number
  skipped: { why: SkipReason; count: number }[]
  tried: PlanSample[]
  /** seconds for the whole at the asked concurrency; null until something was tried */
  seconds: PlanInterval | null
  /** asked by batches: half the price, within a day */
  batch: boolean
  /** in the currency of the price; null without a price */
  price: PlanInterval | null
  /** the unfinished run that this same request would go on with */
  resumes: number | null
}

export const RunId = z.object({ run: z.coerce.number().int().positive() })
