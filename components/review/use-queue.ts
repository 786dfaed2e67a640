'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import type { DeskCount, DeskItem, DeskPage } from '@/lib/review/desk-store'
import { ask, datasetPath, thumbnailOf } from '../api'

export type QueueChoice = { filter: string; order: string; seed: number; all: boolean }
const PAGE = 20
/** The next page is asked for when so few samples are left. */
const AHEAD = 6
/** Samples whose data and picture are there before they are looked at. */
export const PRELOADED = 3
export const DESK_SIDE = 1280

export type Work = { items: readonly DeskItem[]; note: string; ended: boolean; loading: boolean; error: unknown }
const EMPTY: Work = { items: [], note: '', ended: false, loading: true, error: null }

const queueUrl = (dataset: string, choice: QueueChoice, after?: string) => {
  const query = new URLSearchParams({ filter: choice.filter, order: choice.order, seed: String(choice.seed), limit: String(PAGE), all: choice.all ? 'yes' : 'no' })
  if (after) query.set('after', after)
  return `${datasetPath(dataset)}/queue?${query}`
}
export const fetchItem = (dataset: string, key: string) => ask<DeskItem>(`${datasetPath(dataset)}/queue/${encodeURIComponent(key)}`)
export const fetchCount = (dataset: string, filter: string) => ask<DeskCount>(`${datasetPath(dataset)}/queue-count?${new URLSearchParams({ filter })}`)
/** The key of a sample by its number; null when it is gone. */
export const keyOfSample = (dataset: string, id: number) => ask<{ samples: { key: string }[] }>(`${datasetPath(dataset)}/samples?${new URLSearchParams({ filter: `id:${id}`, limit: '1' })}`).then((page) => page.samples[0]?.key ?? null)

const joined = (old: readonly DeskItem[], more: readonly DeskItem[]) => {
  const known = new Set(old.map((item) => item.sample.id))
  return [...old, ...more.filter((item) => !known.has(item.sample.id))]
}

/**
 * The work of one queue, a page ahead of the person; `opening` is put in front, whether it is in the queue or not. The
 * choice stays the same for the life of the component: a new choice is a new desk.
 */
export function useQueue(dataset: string, choice: QueueChoice, opening: string | null) {
  const [work, setWork] = useState(EMPTY)
  const [fixed] = useState({ choice, opening })
  const next = useRef<string | undefined>(undefined)
  const asking = useRef(false)

  const load = useCallback(
    async (first: boolean) => {
      if (asking.current) return
      asking.current = true
      try {
        const [page, item] = await Promise.all([ask<DeskPage>(queueUrl(dataset, fixed.choice, next.current)), first && fixed.opening !== null ? fetchItem(dataset, fixed.opening).catch(() => null) : null])
        next.current = page.next
        setWork((old) => ({ items: joined(item ? [item] : old.items, page.items), note: page.note, ended: page.next === undefined, loading: false, error: null }))
      } catch (error) {
        setWork((old) => ({ ...old, loading: false, error }))
      } finally {
        asking.current = false
      }
    },
    [dataset, fixed],
  )
  useEffect(() => void load(true), [load])

  const put = useCallback((item: DeskItem, where?: number) => {
    setWork((old) => {
      const at = old.items.findIndex((one) => one.sample.id === item.sample.id)
      const items = at >= 0 ? old.items.with(at, { ...item, random: old.items[at].random }) : where === undefined ? old.items : old.items.toSpliced(where, 0, item)
      return { ...old, items }
    })
  }, [])
  const patch = useCallback((id: number, change: (item: DeskItem) => DeskItem) => setWork((old) => ({ ...old, items: old.items.map((item) => (item.sample.id === id ? change(item) : item)) })), [])

  /** To be called with the place of the person. */
  const reach = useCallback((at: number) => {
    if (!work.ended && !work.loading && work.error === null && work.items.length - at <= AHEAD) void load(false)
  }, [work, load])
  const again = useCallback(() => {
    setWork((old) => ({ ...old, loading: true, error: null }))
    void load(next.current === undefined)
  }, [load])
  return { work, put, patch, reach, again }
}

/** Loads pictures before they are looked at. */
export function usePreloaded(items: readonly DeskItem[]) {
  const [ready, setReady] = useState<ReadonlySet<number>>(new Set())
  // Held, so that the browser does not forget what it decoded before it is looked at.
  const held = useRef<readonly HTMLImageElement[]>([])
  const wanted = items.flatMap((item) => (item.sample.mediaId === null ? [] : [item.sample.mediaId])).join(' ')
  useEffect(() => {
    const ids = wanted.split(' ').filter(Boolean).map(Number)
    for (const id of ids) {
      const src = thumbnailOf(id, DESK_SIDE)
      if (held.current.some((one) => one.getAttribute('src') === src)) continue
      const image = new Image()
      image.src = src
      held.current = [...held.current, image].slice(-2 * PRELOADED)
      image.decode().then(() => setReady((old) => (old.has(id) ? old : new Set(old).add(id))), () => undefined)
    }
  }, [wanted])
  return (item: DeskItem) => item.sample.mediaId === null || ready.has(item.sample.mediaId)
}
