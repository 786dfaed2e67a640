'use client'

import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Cuts } from '@/lib/caption/limits'
import type { CaptionerListing } from '@/lib/captioner/cards'
import type { PRESETS } from '@/lib/captioner/endpoint'
import type { Prompt } from '@/lib/captioner/types'
import type { PlanView } from '@/lib/recaption/plan-store'
import type { ReasonChange } from '@/lib/recaption/progress-store'
import type { RunAsked, RunPlan, RunProgress, RunRow } from '@/lib/recaption/schema'
import type { CustomRecipeRow, RecipeCard } from '@/lib/recipe/schema'
import { ask, datasetPath, post } from '../api'
import { isOver } from './words'

const SECOND = 1000
export type Asked = Omit<RunAsked, 'dataset'>
export type Counted = Pick<RunPlan, 'total' | 'work' | 'skipped' | 'resumes' | 'model' | 'kind'>
export type RunView = RunRow & { dataset: string; progress: RunProgress; reasons: ReasonChange[]; guards: { rule: string; count: number }[] }
export type RecipeView = { id: string; version: number; label: string; kind: string; source: string; prompt: Prompt; versions: CustomRecipeRow[]; examples: { captionId: number; before: string; after: string; cuts: { before: Cuts; after: Cuts }; author: string }[] }
export type MetricView = { id: string; label: string; unit: string; per: 'caption' | 'kind' }

export const useCaptioners = () => useQuery({ queryKey: ['captioners'], queryFn: ({ signal }) => ask<{ captioners: CaptionerListing[]; presets: typeof PRESETS }>('/api/v1/captioners', { signal }) })

export const useModels = (captioner: string, enabled = true) =>
  useQuery({ queryKey: ['models', captioner], queryFn: ({ signal }) => ask<{ models: string[] }>(`/api/v1/captioners/${encodeURIComponent(captioner)}/models`, { signal }).then((answer) => answer.models), enabled, retry: false, staleTime: 60 * SECOND })

export const useRecipes = () => useQuery({ queryKey: ['recipes'], queryFn: ({ signal }) => ask<{ recipes: RecipeCard[] }>('/api/v1/recipes', { signal }).then((answer) => answer.recipes) })

export const useRecipe = (id: string) => useQuery({ queryKey: ['recipes', id], queryFn: ({ signal }) => ask<RecipeView>(`/api/v1/recipes/${encodeURIComponent(id)}`, { signal }), retry: false })

export const useMetrics = () => useQuery({ queryKey: ['metrics'], staleTime: Infinity, queryFn: ({ signal }) => ask<{ metrics: MetricView[] }>('/api/v1/metrics', { signal }).then((answer) => answer.metrics) })

/** How many samples a request is about; while the next is counted the last count stays. */
export const useCounted = (dataset: string, asked: Asked, enabled: boolean) =>
  useQuery({ queryKey: ['selection', dataset, asked], queryFn: ({ signal }) => post<Counted>(`${datasetPath(dataset)}/selections`, asked, signal), placeholderData: keepPreviousData, enabled, retry: false })

export const usePlan = (id: number | null) =>
  useQuery({
    queryKey: ['plan', id],
    queryFn: ({ signal }) => ask<PlanView>(`/api/v1/plans/${id}`, { signal }),
    enabled: id !== null,
    retry: false,
    refetchInterval: (query) => (query.state.data && ['done', 'failed'].includes(query.state.data.status) ? false : SECOND),
  })

export const useRuns = (dataset: string) => useQuery({ queryKey: ['runs', dataset], queryFn: ({ signal }) => ask<{ runs: RunRow[] }>(`${datasetPath(dataset)}/runs`, { signal }).then((answer) => answer.runs), refetchInterval: (query) => (query.state.data?.some((run) => !isOver(run.status)) ? 2 * SECOND : false) })

/** The whole of a run, now and then; what moves comes by `useRunProgress`. */
export const useRun = (id: number) => useQuery({ queryKey: ['run', id], queryFn: ({ signal }) => ask<RunView>(`/api/v1/runs/${id}`, { signal }), refetchInterval: (query) => (query.state.data && isOver(query.state.data.status) ? false : 5 * SECOND) })

export const useRunProgress = (id: number, enabled: boolean) => useQuery({ queryKey: ['run progress', id], queryFn: ({ signal }) => ask<RunProgress>(`/api/v1/runs/${id}/progress`, { signal }), enabled, refetchInterval: SECOND })

type RunAct = { act: 'pause' | 'resume' | 'cancel' | 'retry' | 'rollback'; body?: Record<string, unknown> }
/** Does something to a run and reads it anew. */
export function useRunAct(id: number, dataset: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ act, body = {} }: RunAct) => post<unknown>(`/api/v1/runs/${id}/${act}`, body),
    onSettled: () => Promise.all([['run', id], ['run progress', id], ['runs', dataset], ['activity', dataset]].map((queryKey) => client.invalidateQueries({ queryKey }))),
  })
}
