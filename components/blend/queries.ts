'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { Group } from '@/lib/blend/preview'
import type { ExactCounts } from '@/lib/blend/preview-store'
import type { BlendCaption, BlendSpec } from '@/lib/blend/schema'
import type { Cuts } from '@/lib/caption/limits'
import { ask, datasetPath, post } from '../api'

export type Lengths = { groups: Group[]; dropped: number; empty: number; fresh: boolean }
export type BlendedSample = { id: number; key: string; mediaId: number | null; chosen: (Pick<BlendCaption, 'id' | 'kind' | 'origin' | 'standing' | 'text' | 'words' | 'model' | 'recipe'> & { tokens: number; cuts: Cuts; fallback: boolean }) | null; candidates: { kind: string; p: number }[] }
export type SavedBlend = { name: string; spec: BlendSpec }

/** Which captions are heads depends on these alone: moving p, weights or seed asks the server for nothing. */
const headsKey = (spec: BlendSpec) => [spec.filter, [...spec.standings].sort().join(), spec.includeNothingRecognised]
const patient = { retry: false, refetchOnMount: 'always' } as const

/** The lengths as stored; where they are old or were never measured they are measured now, and the old ones stay in sight. */
export function useLengths(dataset: string, spec: BlendSpec) {
  const key = headsKey(spec)
  const askFor = (measure: boolean) => ({ signal }: { signal: AbortSignal }) => post<{ lengths: Lengths | null }>(`${datasetPath(dataset)}/blend/lengths`, { ...spec, measure }, signal).then((answer) => answer.lengths)
  const stored = useQuery({ queryKey: ['blend lengths', dataset, ...key], queryFn: askFor(false), placeholderData: keepPreviousData, ...patient })
  const old = stored.isSuccess && !stored.isPlaceholderData && !stored.isFetching && !stored.data?.fresh
  const measured = useQuery({ queryKey: ['blend measured', dataset, ...key, stored.dataUpdatedAt], queryFn: askFor(true), enabled: old, retry: false, gcTime: 0 })
  return { lengths: measured.data ?? stored.data ?? undefined, error: stored.error ?? measured.error, measuring: measured.isFetching, retry: () => void (stored.error ? stored.refetch() : measured.refetch()) }
}

export const useCounts = (dataset: string, spec: BlendSpec) =>
  useQuery({ queryKey: ['blend counts', dataset, spec], queryFn: ({ signal }) => post<ExactCounts>(`${datasetPath(dataset)}/blend/counts`, spec, signal), placeholderData: keepPreviousData, ...patient })

export const useBlendedSamples = (dataset: string, spec: BlendSpec) =>
  useQuery<BlendedSample[]>({ queryKey: ['blend samples', dataset, spec], queryFn: ({ signal }) => post<{ samples: BlendedSample[] }>(`${datasetPath(dataset)}/blend/samples`, spec, signal).then((answer) => answer.samples), placeholderData: keepPreviousData, ...patient })

export const useSavedBlends = (dataset: string) => useQuery({ queryKey: ['blends', dataset], queryFn: ({ signal }) => ask<{ blends: SavedBlend[] }>(`${datasetPath(dataset)}/blends`, { signal }).then((answer) => answer.blends) })
export const saveBlend = (dataset: string, name: string, spec: BlendSpec) => post<SavedBlend>(`${datasetPath(dataset)}/blends`, { name, spec })
