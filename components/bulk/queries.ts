'use client'

import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { BatchUnderWay, BatchView } from '@/lib/review/batch-store'
import type { BulkInput, BulkPreview } from '@/lib/review/bulk-store'
import type { ReplaceInput, ReplacePreview } from '@/lib/review/replace-store'
import { ask, datasetPath, post } from '../api'
import { leaveToServer } from '../review/history'

export type BulkAsked = Pick<BulkInput, 'act' | 'filter' | 'reasons' | 'note'> & Partial<Pick<BulkInput, 'kinds' | 'model'>>
export type ReplaceAsked = Pick<ReplaceInput, 'find' | 'replace' | 'regex' | 'ignoreCase' | 'filter'> & Partial<Pick<ReplaceInput, 'kinds'>>
type Apply<T> = T & { expect: number; reviewer: string }

export const useBulkPreview = (dataset: string, asked: BulkAsked, enabled: boolean) =>
  useQuery({ queryKey: ['bulk preview', dataset, asked], queryFn: ({ signal }) => post<BulkPreview>(`${datasetPath(dataset)}/bulk/preview`, asked, signal), placeholderData: keepPreviousData, enabled, retry: false, staleTime: 0 })

export const useReplacePreview = (dataset: string, asked: ReplaceAsked, enabled: boolean) =>
  useQuery({ queryKey: ['replace preview', dataset, asked], queryFn: ({ signal }) => post<ReplacePreview>(`${datasetPath(dataset)}/replace/preview`, asked, signal), placeholderData: keepPreviousData, enabled, retry: false, staleTime: 0 })

export const useBatches = (dataset: string, often = false) =>
  useQuery({ queryKey: ['batches', dataset], queryFn: ({ signal }) => ask<{ batches: BatchView[]; underWay: BatchUnderWay[] }>(`${datasetPath(dataset)}/batches`, { signal }), refetchInterval: (query) => (often || query.state.data?.underWay.length ? 500 : false) })

/** After a bulk step everything that shows captions is asked for again. */
export function useApply<T extends BulkAsked | ReplaceAsked>(dataset: string, way: 'bulk' | 'replace') {
  const client = useQueryClient()
  return useMutation({ mutationFn: (asked: Apply<T>) => post<BatchView>(`${datasetPath(dataset)}/${way}`, asked), onSuccess: leaveToServer, onSettled: () => client.invalidateQueries() })
}

/** Takes a bulk step back, or puts it in force again. */
export function useTurn() {
  const client = useQueryClient()
  return useMutation({ mutationFn: ({ id, way, reviewer }: { id: number; way: 'undo' | 'redo'; reviewer: string }) => post<BatchView>(`/api/v1/batches/${id}/${way}`, { reviewer }), onSuccess: leaveToServer, onSettled: () => client.invalidateQueries() })
}
