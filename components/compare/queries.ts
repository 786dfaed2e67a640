'use client'

import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { BatchView } from '@/lib/review/batch-store'
import type { BlindPicture } from '@/lib/review/blind-store'
import type { Comparison } from '@/lib/review/compare'
import type { BlindPair, ComparisonInput, ComparisonView } from '@/lib/review/compare-store'
import { ask, datasetPath, post } from '../api'
import { leaveToServer } from '../review/history'

export type ComparisonAnswer = ComparisonView & { result: Comparison | null }
export type NextPair = { pairs: number; judged: number; status: 'open' | 'closed'; next: (BlindPair & { sample: BlindPicture }) | null }
export type Pointed = 'left' | 'right' | 'tie'

export const useComparisons = (dataset: string) => useQuery({ queryKey: ['comparisons', dataset], queryFn: ({ signal }) => ask<{ comparisons: ComparisonView[] }>(`${datasetPath(dataset)}/comparisons`, { signal }).then((answer) => answer.comparisons) })
export const useComparison = (id: number) => useQuery({ queryKey: ['comparison', id], queryFn: ({ signal }) => ask<ComparisonAnswer>(`/api/v1/comparisons/${id}`, { signal }) })
export const useNextPair = (id: number, enabled: boolean) => useQuery({ queryKey: ['comparison next', id], queryFn: ({ signal }) => ask<NextPair>(`/api/v1/comparisons/${id}/next`, { signal }), placeholderData: keepPreviousData, enabled, staleTime: 0 })

export const useOpenComparison = (dataset: string) => {
  const client = useQueryClient()
  return useMutation({ mutationFn: (asked: ComparisonInput & { reviewer: string }) => post<ComparisonView>(`${datasetPath(dataset)}/comparisons`, asked), onSuccess: () => client.invalidateQueries({ queryKey: ['comparisons', dataset] }) })
}

/** One judgement; the next pair is asked for when it was taken, and after the last the result. */
export const useJudge = (id: number) => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (given: { position: number; choice: Pointed; reviewer: string }) => post<{ status: 'open' | 'closed' }>(`/api/v1/comparisons/${id}/judgements`, given),
    onSuccess: (answer) => (answer.status === 'closed' ? client.invalidateQueries() : client.invalidateQueries({ queryKey: ['comparison next', id] })),
  })
}

export const usePromote = (id: number) => {
  const client = useQueryClient()
  return useMutation({ mutationFn: (reviewer: string) => post<BatchView>(`/api/v1/comparisons/${id}/promote`, { reviewer }), onSuccess: leaveToServer, onSettled: () => client.invalidateQueries() })
}
