import { z } from 'zod'
import { PriceAsked } from '@/lib/captioner/price'

/** What a dataset may be called: it stands in addresses and in folder names. */
export const DatasetName = z
  .string()
  .trim()
  .min(1, 'a dataset needs a name')
  .max(80, 'a name has at most 80 characters')
  .regex(/^[\p{L}\p{N}][\p{L}\p{N} ._-]*$/u, 'a name begins with a letter or digit and holds letters, digits, spaces, dots, hyphens and underscores')

/** `price` of a million tokens, a side left out being the captioner's own; `budget` for all claims of the dataset together, in the same currency. */
export const ClaimModel = z.object({
  captioner: z.string().min(1),
  model: z.string().trim().max(200).default(''),
  split: z.boolean().default(true),
  verify: z.boolean().default(true),
  price: PriceAsked.nullable().default(null),
  budget: z.number().min(0).nullable().default(null),
})
export type ClaimModel = z.infer<typeof ClaimModel>

/** As it is asked for. No cap is asked for by leaving the budget out: null is what JSON makes of a number that could not be read. */
export const ClaimModelAsked = ClaimModel.extend({ price: PriceAsked.optional(), budget: z.number('a budget is a number; leave it out for none').min(0).optional() })
export type ClaimModelAsked = z.input<typeof ClaimModelAsked>

export const DatasetSettings = z.object({
  /** source columns that are offered as facets */
  facets: z.array(z.string()).default([]),
  /** ids of rules and checks that are switched off here */
  rulesOff: z.array(z.string()).default([]),
  /** ISO 639-1: what language the captions are meant to be in */
  language: z.string().default('en'),
  /** full text by trigrams, for languages without spaces */
  trigram: z.boolean().default(false),
  /** alignment below this is flagged `misaligned` */
  alignmentThreshold: z.number().default(-0.7),
  /** the word model fitted on this dataset's own alt texts speaks too */
  wordModel: z.boolean().default(false),
  /** a model that splits captions into claims, and answers them against the picture; asked only when a person says so */
  claimModel: ClaimModel.nullable().default(null),
})
export type DatasetSettings = z.infer<typeof DatasetSettings>

export type DatasetRow = { id: number; name: string; note: string; licence: string; settings: DatasetSettings; createdAt: string }

export type DatasetCard = {
  id: number
  name: string
  samples: number
  captions: number
  /** samples with a caption that a model or a person wrote */
  captioned: number
  /** samples with a verdict on one of their captions, or dropped */
  reviewed: number
  openFlags: number
  /** media ids of the first pictures */
  thumbnails: number[]
  lastRelease?: { id: number; format: string; samples: number; finishedAt: string }
  createdAt: string
}
