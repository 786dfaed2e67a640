'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { RuleGrade } from '@/lib/review/grade-store'
import { ask, datasetPath, post } from '../api'

export type { RuleGrade }
export type ReportCard = { rules: RuleGrade[]; off: string[] }

export const useReport = (dataset: string) => useQuery({ queryKey: ['report', dataset], queryFn: ({ signal }) => ask<ReportCard>(`${datasetPath(dataset)}/report`, { signal }) })

/** Which checks are switched off in this dataset. */
export function useSwitchRules(dataset: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (rulesOff: readonly string[]) => ask<unknown>(datasetPath(dataset), { method: 'PATCH', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ settings: { rulesOff } }) }),
    onSettled: () => Promise.all([['report', dataset], ['samples', dataset], ['facets', dataset]].map((queryKey) => client.invalidateQueries({ queryKey }))),
  })
}

export function useCheckAgain(dataset: string) {
  const client = useQueryClient()
  return useMutation({ mutationFn: () => post<unknown>(`${datasetPath(dataset)}/checks`, {}), onSettled: () => client.invalidateQueries({ queryKey: ['activity', dataset] }) })
}
