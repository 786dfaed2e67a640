'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { Insight, Insights } from '@/lib/metric/store'
import { ask, datasetPath, post } from '../api'

export type { Insight, Insights }
const SOON = 1000

/** What was measured, read from rows; while it is measured anew it is asked for again. */
export function useInsights(dataset: string) {
  const client = useQueryClient()
  const query = useQuery({
    queryKey: ['insights', dataset],
    queryFn: ({ signal }) => ask<{ insights: Insights | null; measuring: boolean }>(`${datasetPath(dataset)}/insights`, { signal }),
    refetchInterval: (asked) => (asked.state.data?.measuring ? SOON : false),
    refetchOnMount: 'always',
  })
  const measuring = query.data?.measuring ?? false
  // Captions were given their CLIP tokens on the way.
  useEffect(() => {
    if (measuring) return () => void client.invalidateQueries({ queryKey: ['samples', dataset] })
  }, [measuring, client, dataset])
  const measure = async () => {
    await post(`${datasetPath(dataset)}/insights`, {})
    await client.invalidateQueries({ queryKey: ['insights', dataset] })
  }
  return { ...query, measuring, measure }
}
