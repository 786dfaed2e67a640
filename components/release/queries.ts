'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { Comparison } from '@/lib/export/compare'
import type { Manifest, ReleaseInput, ReleaseRow } from '@/lib/export/schema'
import { ask, datasetPath, post } from '../api'

export type Release = ReleaseRow
const SOON = 1000
const unfinished = (release: Pick<Release, 'status'>) => release.status === 'pending' || release.status === 'running'

/** The releases of a dataset, newest first; asked for again while one is being made. */
export const useReleases = (dataset: string) =>
  useQuery({
    queryKey: ['releases', dataset],
    queryFn: ({ signal }) => ask<{ releases: Release[] }>(`${datasetPath(dataset)}/releases`, { signal }).then((answer) => answer.releases),
    refetchInterval: (query) => (query.state.data?.some(unfinished) ? SOON : false),
  })

export const useRelease = (id: number) =>
  useQuery({
    queryKey: ['release', id],
    queryFn: ({ signal }) => ask<Release>(`/api/v1/releases/${id}`, { signal }),
    refetchInterval: (query) => (query.state.data && unfinished(query.state.data) ? SOON : false),
  })

export const FILES_AT_ONCE = 100
/** A page of the files of a finished release, which never change. */
export const useFiles = (id: number, after: number) =>
  useQuery<Manifest['files']>({ queryKey: ['release files', id, after], staleTime: Infinity, placeholderData: keepPreviousData, queryFn: ({ signal }) => ask<Pick<Manifest, 'files'>>(`/api/v1/releases/${id}/files?after=${after}&limit=${FILES_AT_ONCE}`, { signal }).then((answer) => answer.files) })

export const useCard = (id: number, done: boolean) => useQuery({ queryKey: ['release card', id], enabled: done, queryFn: ({ signal }) => ask<{ card: string | null }>(`/api/v1/releases/${id}/card`, { signal }).then((answer) => answer.card) })

export const useComparison = (before: number | null, after: number) =>
  useQuery({ queryKey: ['release comparison', before, after], enabled: before !== null, retry: false, staleTime: Infinity, queryFn: ({ signal }) => ask<Comparison>(`/api/v1/releases/${after}/compare?with=${before}`, { signal }) })

export const makeRelease = ({ dataset, ...input }: ReleaseInput) => post<{ release: number }>(`${datasetPath(dataset)}/releases`, input)
