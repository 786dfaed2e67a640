import { z } from 'zod'
import type { CaptionView } from '@/lib/caption/schema'

export const SORTS = ['imported', 'newest', 'key', 'shortest', 'longest', 'suspicious', 'aligned', 'duplicates'] as const
export const Sort = z.enum(SORTS)
export type Sort = z.infer<typeof Sort>

export type SampleFlag = { rule: string; evidence: string; captionId: number | null; raisedBy: string; createdAt: string }
export type Alignment = { score: number | null; verdict: 'aligned' | 'misaligned' | 'not enough evidence'; why: string[] }
export type SampleView = {
  id: number
  datasetId: number
  key: string
  mediaId: number | null
  width: number | null
  height: number | null
  dropped: boolean
  /** +1 with every keep or drop */
  version: number
  groupId: number | null
  meta: Record<string, unknown> | null
  /** why the picture cannot be shown */
  fault: string | null
  captions: CaptionView[]
  flags: SampleFlag[]
  /** of the alt text, once it was looked at */
  alignment?: Alignment
}

export const PageQuery = z.object({
  filter: z.string().default(''),
  limit: z.coerce.number().int().min(1).max(1000).default(60),
  after: z.string().optional(),
  sort: Sort.default('imported'),
})
export type PageQuery = z.infer<typeof PageQuery>
/** A walk from sample to sample. */
export const WalkQuery = PageQuery.pick({ filter: true, sort: true })
