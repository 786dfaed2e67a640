import type { DatasetCard } from '@/lib/dataset/schema'
import type { Mapping } from '@/lib/format/types'
import type { ImportPreview } from '@/lib/import/preview'
import type { ImportProblemView } from '@/lib/import/schema'
import type { ImportRow } from '@/lib/import/store'
import type { TimelineEntry } from '@/lib/review/history-store'
import type { Facets } from '@/lib/sample/facet-store'
import type { PublicSample } from '@/lib/sample/public'
import type { Sort } from '@/lib/sample/schema'

/** A request that the server answered with no; its message is written for a person. */
export class ApiError extends Error {
  constructor(message: string, readonly status: number, readonly code: string, readonly detail?: Record<string, unknown>) {
    super(message)
    this.name = 'ApiError'
  }
}

type Failure = { error?: { code?: string; message?: string; detail?: Record<string, unknown> } }

/** Asks the public API; throws ApiError with the server's own sentence. */
export async function ask<T>(path: string, init: RequestInit = {}): Promise<T> {
  let response: Response
  try {
    response = await fetch(path, init)
  } catch (cause) {
    if (init.signal?.aborted) throw cause
    throw new ApiError('The server does not answer. See whether “recaption serve” still runs, then try again.', 503, 'unavailable')
  }
  const body = (await response.json().catch(() => ({}))) as T & Failure
  if (!response.ok) throw new ApiError(body.error?.message ?? `The server answered ${response.status} to ${path}.`, response.status, body.error?.code ?? 'internal', body.error?.detail)
  return body
}

/** Sends a JSON body. */
export const post = <T>(path: string, body: unknown, signal?: AbortSignal): Promise<T> => ask(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body), signal })

export const datasetPath = (dataset: string) => `/api/v1/datasets/${encodeURIComponent(dataset)}`
export const thumbnailOf = (mediaId: number, side = 320) => `/api/media/${mediaId}/thumbnail?side=${side}`
export const originalOf = (mediaId: number) => `/api/media/${mediaId}`

export type Sample = PublicSample
export type Caption = PublicSample['captions'][number]
export type SamplePage = { samples: Sample[]; next?: string }
export type { Facets }
export type SampleAnswer = Sample & { timeline: TimelineEntry[] }
/** `rate` counts samples a minute. */
export type Activity = { runs?: { id: number; total: number; done: number; failed: number; skipped: number; spent: number; budget: number | null; rate: number; status: string }[]; imports?: { id: number; read: number; added: number }[] }

export type ImportChoice = { upload: string; format?: string } & Mapping
export type { ImportPreview }
export type ImportProgress = Pick<ImportRow, 'status' | 'why' | 'added' | 'skipped'> & { import: number; dataset: string; read: number; problemCount: number; problems: readonly ImportProblemView[] }
export type FormatView = { id: string; label: string; reads: boolean; writes: boolean }

export const samplesQuery = (dataset: string, query: { filter: string; sort: Sort; after?: string; limit: number }) => {
  const search = new URLSearchParams({ filter: query.filter, sort: query.sort, limit: String(query.limit) })
  if (query.after) search.set('after', query.after)
  return `${datasetPath(dataset)}/samples?${search}`
}
export type { DatasetCard }
