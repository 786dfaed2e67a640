'use client'

import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { ClaimView } from '@/lib/claim/schema'
import type { Progress as ReviewProgress } from '@/lib/review/history-store'
import type { Sort } from '@/lib/sample/schema'
import { ask, ApiError, datasetPath, post, samplesQuery, type Activity, type DatasetCard, type Facets, type FormatView, type ImportChoice, type ImportPreview, type ImportProgress, type SampleAnswer, type SamplePage } from './api'
import type { Seen } from './evidence/evidence-image'

const PAGE = 120
const second = 1000

export const useDatasets = () => useQuery({ queryKey: ['datasets'], queryFn: ({ signal }) => ask<{ datasets: DatasetCard[] }>('/api/v1/datasets', { signal }).then((answer) => answer.datasets) })

/** All that match, a page at a time; while the next filter is on its way the last pages stay in sight. */
export const useSamples = (dataset: string, filter: string, sort: Sort, enabled: boolean) =>
  useInfiniteQuery({
    queryKey: ['samples', dataset, filter, sort],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) => ask<SamplePage>(samplesQuery(dataset, { filter, sort, after: pageParam, limit: PAGE }), { signal }),
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
    enabled,
  })

/** With `exact` over all that match, however long that takes; without over the first 10,000. */
export const useFacets = (dataset: string, filter: string, enabled = true, exact = false) =>
  useQuery({
    queryKey: exact ? ['facets', dataset, filter, 'exact'] : ['facets', dataset, filter],
    queryFn: ({ signal }) => ask<Facets>(`${datasetPath(dataset)}/facets?${new URLSearchParams({ filter, ...(exact && { exact: 'true' }) })}`, { signal }),
    placeholderData: keepPreviousData,
    enabled,
  })

/** The exact number of samples that match, where the facets stopped counting; undefined until it is there. */
export const useExactCount = (dataset: string, filter: string, enabled: boolean): number | undefined =>
  useQuery({ queryKey: ['facets', dataset, 'exact count', filter], queryFn: ({ signal }) => ask<{ count: number }>(`${datasetPath(dataset)}/count?${new URLSearchParams({ filter })}`, { signal }), enabled }).data?.count

export const useSample = (dataset: string, key: string) =>
  useQuery({ queryKey: ['sample', dataset, key], queryFn: ({ signal }) => ask<SampleAnswer>(`${datasetPath(dataset)}/samples/${encodeURIComponent(key)}`, { signal }) })

/** The samples before and after one among those that match, as the server finds them. */
export const useNeighbours = (dataset: string, key: string, walk: { filter: string; sort: string }, enabled: boolean) =>
  useQuery({ queryKey: ['neighbours', dataset, key, walk], queryFn: ({ signal }) => ask<{ previous?: string; next?: string }>(`${datasetPath(dataset)}/samples/${encodeURIComponent(key)}/neighbours?${new URLSearchParams(walk)}`, { signal }), enabled })

/** What a sample's captions claim, and what was seen on its picture. */
export const useEvidence = (dataset: string, key: string) =>
  useQuery({ queryKey: ['evidence', dataset, key], queryFn: ({ signal }) => ask<{ claims: ClaimView[]; sight: Seen }>(`${datasetPath(dataset)}/samples/${encodeURIComponent(key)}/claims`, { signal }) })

/** How far the review of a dataset is, and who decided how much. */
export const useReviewProgress = (dataset: string) => useQuery({ queryKey: ['review progress', dataset], queryFn: ({ signal }) => ask<ReviewProgress>(`${datasetPath(dataset)}/progress`, { signal }) })

/** What is running on a dataset now; a server that does not say is a quiet one. */
export const useActivity = (dataset: string) =>
  useQuery({
    queryKey: ['activity', dataset],
    queryFn: ({ signal }) =>
      ask<Activity>(`${datasetPath(dataset)}/activity`, { signal }).catch((error: unknown): Activity => {
        if (error instanceof ApiError && error.status === 404) return {}
        throw error
      }),
    refetchInterval: (query) => (query.state.data?.runs?.length || query.state.data?.imports?.length ? second : 5 * second),
  })

/** The shapes of a dataset on disk that this house knows. */
export const useFormats = () => useQuery({ queryKey: ['formats'], staleTime: Infinity, queryFn: ({ signal }) => ask<{ formats: FormatView[] }>('/api/v1/formats', { signal }).then((answer) => answer.formats) })

/** How an upload would be read; while a correction is looked at the last sight stays. */
export const useImportPreview = (dataset: string, choice: ImportChoice) =>
  useQuery({
    queryKey: ['import preview', choice],
    queryFn: ({ signal }) => post<ImportPreview>(`${datasetPath(dataset.trim() || 'new')}/imports/preview`, choice, signal),
    placeholderData: keepPreviousData,
    retry: false,
  })

export const useImport = (id: number | null) =>
  useQuery({
    queryKey: ['import', id],
    queryFn: ({ signal }) => ask<ImportProgress>(`/api/v1/imports/${id}`, { signal }),
    enabled: id !== null,
    refetchInterval: (query) => (query.state.data && ['done', 'failed'].includes(query.state.data.status) ? false : second / 2),
  })
