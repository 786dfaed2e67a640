'use client'

import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs'
import { useCallback, useMemo } from 'react'
import { SORTS } from '@/lib/sample/schema'
import { useSamples } from '../queries'
import { readFilter } from './terms'

export const VIEWS = ['grid', 'list'] as const

/** The state of the inspect screen, all of it in the address, and the samples it leads to. */
export function useInspect(dataset: string) {
  const [state, setState] = useQueryStates({
    filter: parseAsString.withDefault(''),
    sort: parseAsStringLiteral(SORTS).withDefault('imported'),
    view: parseAsStringLiteral(VIEWS).withDefault('grid'),
  })
  const read = readFilter(state.filter)
  const pages = useSamples(dataset, state.filter, state.sort, read.filter !== undefined)
  const samples = useMemo(() => (pages.data?.pages ?? []).flatMap((page) => page.samples), [pages.data])
  const setFilter = useCallback((filter: string) => void setState({ filter: filter || null }, { history: 'push' }), [setState])
  return { ...state, readable: read.filter !== undefined, setFilter, setState, pages, samples }
}
export type Inspect = ReturnType<typeof useInspect>
