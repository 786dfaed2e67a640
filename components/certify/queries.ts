'use client'

import { keepPreviousData, useMutation, useQueries, useQuery, useQueryClient } from '@tanstack/react-query'
import type { BlindSample } from '@/lib/review/blind-store'
import type { PlanInput, PlanResult, PlanView, previewPlan } from '@/lib/review/certify-store'
import { ask, datasetPath, post } from '../api'
import { leaveToServer } from '../review/history'

export type PlanAsked = Pick<PlanInput, 'filter' | 'kind' | 'limit' | 'risk'>
export type PlanOption = Awaited<ReturnType<typeof previewPlan>>
export type PlanAnswer = PlanView & { result: PlanResult | null }
export type NextLook = { size: number; looked: number; status: PlanView['status']; next: (BlindSample & { position: number }) | null }

/** How many bad ones a plan may allow, as offered. */
export const ALLOWED = [0, 1, 2, 3] as const

/** The plans there could be, one for each number of bad captions that is allowed. */
export const usePlanOptions = (dataset: string, asked: PlanAsked, enabled: boolean) =>
  useQueries({
    queries: ALLOWED.map((allowed) => ({
      queryKey: ['plan preview', dataset, asked, allowed],
      queryFn: ({ signal }: { signal: AbortSignal }) => post<PlanOption>(`${datasetPath(dataset)}/certifications/preview`, { ...asked, allowed }, signal),
      placeholderData: keepPreviousData,
      retry: false,
      enabled,
    })),
  })

export const usePlans = (dataset: string) => useQuery({ queryKey: ['certifications', dataset], queryFn: ({ signal }) => ask<{ certifications: PlanView[] }>(`${datasetPath(dataset)}/certifications`, { signal }).then((answer) => answer.certifications) })
export const usePlan = (id: number) => useQuery({ queryKey: ['certification', id], queryFn: ({ signal }) => ask<PlanAnswer>(`/api/v1/certifications/${id}`, { signal }) })
export const useNextLook = (id: number, enabled: boolean) => useQuery({ queryKey: ['certification next', id], queryFn: ({ signal }) => ask<NextLook>(`/api/v1/certifications/${id}/next`, { signal }), enabled, placeholderData: keepPreviousData, staleTime: 0 })

export const useFixPlan = (dataset: string) => {
  const client = useQueryClient()
  return useMutation({ mutationFn: (asked: PlanAsked & { allowed: number; seed: number; reviewer: string }) => post<PlanView>(`${datasetPath(dataset)}/certifications`, asked), onSuccess: () => client.invalidateQueries({ queryKey: ['certifications', dataset] }) })
}

/** One look at one caption; the next is asked for when it was taken. */
export const useLook = (id: number) => {
  const client = useQueryClient()
  return useMutation({ mutationFn: (given: { position: number; decision: 'approve' | 'reject'; reasons: readonly string[]; reviewer: string }) => post<unknown>(`/api/v1/certifications/${id}/decisions`, given), onSuccess: leaveToServer, onSettled: () => client.invalidateQueries({ queryKey: ['certification next', id] }) })
}

export const useEndPlan = (id: number) => {
  const client = useQueryClient()
  return useMutation({ mutationFn: ({ way, reviewer }: { way: 'close' | 'abandon'; reviewer: string }) => post<PlanAnswer>(`/api/v1/certifications/${id}/${way}`, { reviewer }), onSuccess: leaveToServer, onSettled: () => client.invalidateQueries() })
}
