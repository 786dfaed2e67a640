'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { reportCard } from '@/lib/review/grade-store'
import { ask, datasetPath, post } from '../api'

export type RuleGrade = ReturnType<typeof reportCard>[number]
export type ReportCard = { rules: RuleGrade[]; off: string[] }

export const useReport = (dataset: string) => useQuery({ queryKey: ['report', dataset], queryFn: ({ signal }) => ask<ReportCard>(`${datasetPath(dataset)}/report`, { signal }) })

/** Which checks are switched off in this dataset. */
export function useSwitchRules(dataset: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (rulesOff: readonly string[]) => ask<unknown>(datasetPath(dataset), { method: 'PATCH', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ settings: { rulesOff } }) }),
    onSettled: () => client.invalidateQueries({ queryKey: ['report', dataset] }),
  })
}

export function useCheckAgain(dataset: string) {
  const client = useQueryClient()
  return useMutation({ mutationFn: () => post<unknown>(`${datasetPath(dataset)}/checks`, {}), onSettled: () => client.invalidateQueries({ queryKey: ['activity', dataset] }) })
}
