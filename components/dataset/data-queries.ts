'use client'

import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { DatasetRow } from '@/lib/dataset/schema'
import type { Overview } from '@/lib/dataset/overview'
import type { ProblemGroup, ProblemRow } from '@/lib/import/problem-store'
import type { ImportRow } from '@/lib/import/store'
import type { Conflict } from '@/lib/import/sync'
import type { FailedFetch, FetchState } from '@/lib/media/fetch-store'
import type { DuplicateGroup, DuplicateWay } from '@/lib/sample/duplicate-store'
import { ask, datasetPath, type Sample } from '../api'

const second = 1000
export type About = Overview & Pick<DatasetRow, 'name' | 'note' | 'licence' | 'settings'>
export const useOverview = (dataset: string) => useQuery({ queryKey: ['overview', dataset], queryFn: ({ signal }) => ask<About>(`${datasetPath(dataset)}/overview`, { signal }) })

export const useImports = (dataset: string) => useQuery({ queryKey: ['imports', dataset], queryFn: ({ signal }) => ask<{ imports: ImportRow[] }>(`${datasetPath(dataset)}/imports`, { signal }).then((answer) => answer.imports) })

export type ProblemQuery = { import?: number; why?: string }
export const problemsUrl = (dataset: string, query: ProblemQuery, more: Record<string, string> = {}) => {
  const search = new URLSearchParams({ ...(query.import && { import: String(query.import) }), ...(query.why && { why: query.why }), ...more })
  return `${datasetPath(dataset)}/problems?${search}`
}
type ProblemPage = { problems: ProblemRow[]; next?: number; count?: number; reasons?: ProblemGroup[] }
export const useProblems = (dataset: string, query: ProblemQuery) =>
  useInfiniteQuery({
    queryKey: ['problems', dataset, query],
    initialPageParam: undefined as number | undefined,
    queryFn: ({ pageParam, signal }) => ask<ProblemPage>(problemsUrl(dataset, query, pageParam === undefined ? {} : { after: String(pageParam) }), { signal }),
    getNextPageParam: (page) => page.next,
  })

export type Group = Omit<DuplicateGroup, 'samples'> & { samples: Sample[] }
type GroupPage = { groups: Group[]; next?: string; counts?: Record<DuplicateWay, number>; compared?: boolean }
export const useDuplicates = (dataset: string, query: { way: DuplicateWay; conflicting: boolean }) =>
  useInfiniteQuery({
    queryKey: ['duplicates', dataset, query],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) => ask<GroupPage>(`${datasetPath(dataset)}/duplicates?${new URLSearchParams({ way: query.way, conflicting: String(query.conflicting), ...(pageParam && { after: pageParam }) })}`, { signal }),
    getNextPageParam: (page) => page.next,
  })

export const useSidecars = (dataset: string) => useQuery({ queryKey: ['sidecars', dataset], queryFn: ({ signal }) => ask<{ files: number; conflicts: Conflict[] }>(`${datasetPath(dataset)}/sidecars`, { signal }) })

export type Fetching = FetchState & { going: boolean; failures: FailedFetch[]; next?: number }
export const useFetching = (dataset: string) =>
  useQuery({ queryKey: ['fetching', dataset], queryFn: ({ signal }) => ask<Fetching>(`${datasetPath(dataset)}/fetch`, { signal }), refetchInterval: (query) => (query.state.data?.going ? second : false) })
