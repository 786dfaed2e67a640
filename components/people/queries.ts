'use client'

import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { BlindSample } from '@/lib/review/blind-store'
import type { AgreementReport, Opinion, OverlapInput, OverlapView } from '@/lib/review/overlap-store'
import { ask, datasetPath, post } from '../api'
import { leaveToServer } from '../review/history'

export type NextItem = { next: (BlindSample & { item: number }) | null }
export type Conflict = BlindSample & { item: number; opinions: Opinion[] }
type Given = { item: number; decision: 'approve' | 'reject'; reasons: readonly string[]; reviewer: string }

export const useOverlaps = (dataset: string) => useQuery({ queryKey: ['overlaps', dataset], queryFn: ({ signal }) => ask<{ overlaps: OverlapView[] }>(`${datasetPath(dataset)}/overlaps`, { signal }).then((answer) => answer.overlaps) })
export const useOverlap = (id: number) => useQuery({ queryKey: ['overlap', id], queryFn: ({ signal }) => ask<OverlapView>(`/api/v1/overlaps/${id}`, { signal }) })
export const useAgreement = (dataset: string) => useQuery({ queryKey: ['agreement', dataset], queryFn: ({ signal }) => ask<AgreementReport>(`${datasetPath(dataset)}/agreement`, { signal }) })
export const useNextItem = (id: number, reviewer: string) => useQuery({ queryKey: ['overlap next', id, reviewer], queryFn: ({ signal }) => ask<NextItem>(`/api/v1/overlaps/${id}/next?${new URLSearchParams({ reviewer })}`, { signal }), placeholderData: keepPreviousData, staleTime: 0 })
export const useConflicts = (id: number) => useQuery({ queryKey: ['conflicts', id], queryFn: ({ signal }) => ask<{ conflicts: Conflict[] }>(`/api/v1/overlaps/${id}/conflicts`, { signal }).then((answer) => answer.conflicts), staleTime: 0 })

export const useOpenOverlap = (dataset: string) => {
  const client = useQueryClient()
  return useMutation({ mutationFn: (asked: OverlapInput & { reviewer: string }) => post<OverlapView>(`${datasetPath(dataset)}/overlaps`, asked), onSuccess: () => client.invalidateQueries({ queryKey: ['overlaps', dataset] }) })
}

/** One person's opinion, or the decision that ends a disagreement. */
export const useSay = (id: number, way: 'opinions' | 'conflicts') => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (given: Given) => post<unknown>(`/api/v1/overlaps/${id}/${way}`, given),
    onSuccess: leaveToServer,
    onSettled: () => Promise.all([['overlap next', id], ['overlap', id], ['conflicts', id], ['agreement'], ['overlaps']].map((queryKey) => client.invalidateQueries({ queryKey }))),
  })
}
