import { z } from 'zod'
import { BlendSpec } from '@/lib/blend/schema'

/** Shares by name, e.g. { train: 0.9, val: 0.1 }, in the order in which they are written down. */
export const Splits = z
  .record(z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,31}$/, 'a split is a word of letters, digits, hyphens and underscores'), z.number().positive('a split holds a share above 0'))
  .refine((splits) => Object.keys(splits).length > 0, 'name at least one split')
export type Splits = z.infer<typeof Splits>

/**
 * copy: the bytes; link: the same bytes under a second name where the file system can; relative: the path from the release's
 * folder to the picture's file; reference: the path or URL that the source gave.
 */
export const IMAGES = ['copy', 'link', 'relative', 'reference'] as const
export const Images = z.enum(IMAGES)
export type Images = z.infer<typeof Images>

/** One release: which dataset, in which shape, blended how. */
export const ReleaseRequest = BlendSpec.extend({
  dataset: z.string().min(1),
  format: z.string().min(1),
  /** the folder to make; none: one below the home's own releases */
  out: z.string().min(1).optional(),
  images: Images.default('copy'),
  splits: Splits.optional(),
  /** csv and tsv: `exact` is byte-true; `spreadsheet` keeps cells from running as formulas */
  profile: z.enum(['exact', 'spreadsheet']).default('exact'),
})
export type ReleaseRequest = z.infer<typeof ReleaseRequest>
export type ReleaseInput = z.input<typeof ReleaseRequest>

/** One sampling plan that was accepted: what may still be wrong among the captions it certified. */
export const Certification = z.object({
  kind: z.string(),
  filter: z.string(),
  /** captions in the lot, captions looked at, errors found and allowed */
  certified: z.number().int(),
  size: z.number().int(),
  errors: z.number().int(),
  allowed: z.number().int(),
  /** the error rate is below this, with this confidence */
  bound: z.number(),
  confidence: z.number(),
})
export type Certification = z.infer<typeof Certification>

const Counts = z.record(z.string(), z.number().int())
/** Everything needed to make the release again, and nothing that changes when it is made again. */
export const Manifest = z.object({
  app: z.object({ name: z.string(), version: z.string() }),
  dataset: z.object({ name: z.string(), licence: z.string(), note: z.string() }),
  format: z.string(),
  profile: z.enum(['exact', 'spreadsheet']),
  images: Images,
  splits: Splits.nullable(),
  seed: z.number().int(),
  filter: z.string(),
  spec: BlendSpec,
  samples: z.number().int(),
  byKind: Counts,
  byOrigin: Counts,
  byModel: Counts,
  byRecipe: Counts,
  byStanding: Counts,
  bySplit: Counts,
  /** licences that single samples came with, as their sources wrote them */
  byLicence: Counts.default({}),
  p: z.number(),
  effectiveP: z.number(),
  fallbacks: z.number().int(),
  excluded: z.object({ dropped: z.number().int(), nothingToSay: z.number().int() }),
  withoutImage: z.number().int(),
  standings: z.array(z.string()),
  certification: z.array(Certification),
  lengths: z.object({ words: z.array(z.number().int()) }),
  openings: Counts,
  /** what was read back and compared */
  proof: z.object({ samples: z.number().int(), carries: z.array(z.string()), digest: z.string() }),
  files: z.array(z.object({ path: z.string(), bytes: z.number().int(), sha256: z.string() })),
})
export type Manifest = z.infer<typeof Manifest>
/** The same without its files: with copied pictures they may be 100,000. */
export const ManifestInShort = Manifest.omit({ files: true })
export type ManifestInShort = z.infer<typeof ManifestInShort>
export const FileTotals = z.object({ count: z.number().int(), bytes: z.number().int() })
export type FileTotals = z.infer<typeof FileTotals>
/** `after`: files that were shown already; their order is fixed with the release. */
export const FilesQuery = z.object({ after: z.coerce.number().int().min(0).default(0), limit: z.coerce.number().int().min(1).max(1000).default(100) })

export type ReleaseRow = {
  id: number
  datasetId: number
  format: string
  request: ReleaseRequest
  manifest: ManifestInShort | null
  /** what it wrote, when it is done */
  files: FileTotals | null
  path: string
  status: 'pending' | 'running' | 'done' | 'failed'
  why: string
  samples: number
  /** while it is made */
  progress: Progress | null
  /** when it is done: what the writing and the proof took, each for itself */
  seconds: Seconds | null
  createdAt: string
  finishedAt: string | null
}

export const Progress = z.object({ phase: z.enum(['write', 'proof']), done: z.number().int(), total: z.number().int() })
export type Progress = z.infer<typeof Progress>
export const Seconds = z.object({ write: z.number(), proof: z.number() })
export type Seconds = z.infer<typeof Seconds>
/** What a finished export answers. `manifest` is the path of the file; `seconds` is not known of one found finished after a kill. */
export type ReleaseResult = { release: number; samples: number; byKind: Record<string, number>; effectiveP: number; fallbacks: number; manifest: string; path: string; seconds: Seconds | null }
