'use client'

import { useVirtualizer } from '@tanstack/react-virtual'
import { useRouter } from 'next/navigation'
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent, type UIEvent } from 'react'
import { sampleUrl } from '../frame/places'
import { useActs } from '../frame/keys'
import { cx } from '../ui/class-names'
import { ErrorNote } from '../ui/notes'
import { Skeleton } from '../ui/skeleton'
import { layoutOf } from './layout'
import { keepPlace, placeOf } from './place'
import { GridCell, ListRow } from './sample-cell'
import { isSelected, type Selection, type Step } from './selection'
import { valueOf } from './terms'
import type { Inspect } from './use-inspect'

const ARROWS: Record<string, (columns: number) => number> = { ArrowLeft: () => -1, ArrowRight: () => 1, ArrowUp: (columns) => -columns, ArrowDown: (columns) => columns }

/** Rows below the place that is come back to: a screen of them. */
const AHEAD = 12

type Props = { dataset: string; inspect: Inspect; selection: Selection; dispatch: (step: Step) => void }

/** All that match, of which only what is in sight stands in the page. */
export function SampleGrid({ dataset, inspect, selection, dispatch }: Props) {
  const router = useRouter()
  const scroller = useRef<HTMLDivElement>(null)
  const { samples, view, filter, sort, pages } = inspect
  const [width, setWidth] = useState(0)
  const [cursor, setCursor] = useState<number | null>(null)
  const { columns, height, gap } = layoutOf(view, width)
  const order = useMemo(() => samples.map((sample) => sample.id), [samples])
  const place = JSON.stringify([dataset, filter, sort, view])
  const loaded = Math.ceil(samples.length / columns)
  // Where this list was left: rows up to there are kept free until their samples have come.
  const [{ left, of }] = useState(() => ({ left: placeOf(place), of: place }))
  const back = useRef(left === undefined)
  const ahead = pages.hasNextPage && !pages.isError ? Math.max(loaded + 1, left && of === place ? Math.ceil(left.index / columns) + AHEAD : 0) : loaded
  const rows = useVirtualizer({ count: ahead, getScrollElement: () => scroller.current, estimateSize: () => height, overscan: 3 })

  useLayoutEffect(() => {
    const element = scroller.current
    if (!element) return
    const watch = new ResizeObserver(() => setWidth(element.clientWidth))
    watch.observe(element)
    return () => watch.disconnect()
  }, [])
  useEffect(() => rows.measure(), [rows, height, columns])
  useEffect(() => {
    if (width === 0 || back.current || !left || ahead === 0) return
    // the list has its height a frame after it was measured
    const frame = requestAnimationFrame(() => {
      scroller.current?.scrollTo({ top: Math.floor(left.index / columns) * height + left.rest })
      back.current = true
    })
    return () => cancelAnimationFrame(frame)
  }, [width, left, columns, height, ahead])
  const onScroll = ({ currentTarget: { scrollTop } }: UIEvent<HTMLElement>) => back.current && keepPlace(place, { index: Math.floor(scrollTop / height) * columns, rest: scrollTop % height })
  const items = rows.getVirtualItems()
  const end = items.at(-1)?.index ?? 0
  const { hasNextPage, isError, isFetching, isFetchingNextPage, isFetchNextPageError, fetchNextPage, refetch } = pages
  // After a failure the next page is a person's to ask for, or the same failure would be asked for without end.
  useEffect(() => {
    if (width > 0 && end >= loaded - 3 && hasNextPage && !isFetchingNextPage && !isError) void fetchNextPage()
  }, [width, end, loaded, hasNextPage, isFetchingNextPage, isError, fetchNextPage])

  const onSelect = useCallback((id: number, range: boolean) => dispatch({ do: range ? 'range' : 'toggle', id, order }), [dispatch, order])
  const focusOn = (id: number) => {
    setCursor(id)
    rows.scrollToIndex(Math.floor(order.indexOf(id) / columns))
    requestAnimationFrame(() => scroller.current?.querySelector<HTMLElement>(`[data-sample="${id}"]`)?.focus({ preventScroll: true }))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const at = cursor === null ? -1 : order.indexOf(cursor)
    const step = ARROWS[event.key]
    if (step && at >= 0) {
      event.preventDefault()
      const next = order[Math.max(0, Math.min(order.length - 1, at + step(columns)))]
      if (event.shiftKey && selection.anchor === null && cursor !== null) dispatch({ do: 'toggle', id: cursor, order })
      if (event.shiftKey) dispatch({ do: 'range', id: next, order })
      focusOn(next)
    } else if (event.key === ' ' && cursor !== null) {
      event.preventDefault()
      dispatch({ do: event.shiftKey ? 'range' : 'toggle', id: cursor, order })
    }
  }
  useActs([
    { label: 'Into the samples', keys: 'ArrowDown', group: 'Samples', minor: true, run: () => order.length > 0 && focusOn(cursor !== null && order.includes(cursor) ? cursor : order[0]) },
    { label: 'Open the sample', keys: 'o', group: 'Samples', minor: true, run: () => cursor !== null && router.push(sampleUrl(dataset, samples.find((one) => one.id === cursor)?.key ?? '', { filter, sort: sort === 'imported' ? '' : sort })) },
    { label: 'Select it', keys: 'x', group: 'Samples', minor: true, run: () => cursor !== null && onSelect(cursor, false) },
  ])

  const Cell = view === 'grid' ? GridCell : ListRow
  const kind = valueOf(filter, 'kind')
  const first = order.includes(cursor ?? -1) ? cursor : order[0]
  return (
    <div ref={scroller} onScroll={onScroll} onKeyDown={onKeyDown} inert={pages.isPlaceholderData} aria-busy={pages.isPlaceholderData} className={cx('min-h-0 flex-1 overflow-y-auto overscroll-contain', pages.isPlaceholderData && 'opacity-60')} data-testid="samples">
      <div role="list" aria-label="Samples" className="relative w-full" style={{ height: rows.getTotalSize() }}>
        {width > 0 && items.map((row) => (
          <div key={row.key} role="presentation" className="absolute inset-x-0 top-0 grid" style={{ height: height - gap, transform: `translateY(${row.start + gap}px)`, gridTemplateRows: '100%', gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`, gap, paddingInline: gap }}>
            {Array.from({ length: columns }, (_, i) => {
              const sample = samples[row.index * columns + i]
              if (!sample) return row.index >= loaded ? <Skeleton key={i} className="h-full" /> : null
              return (
                <div key={sample.id} role="listitem" className="min-h-0 min-w-0">
                  <Cell sample={sample} kind={kind} href={sampleUrl(dataset, sample.key, { filter, sort: sort === 'imported' ? '' : sort })} selected={isSelected(selection, sample.id)} selecting={selection.all || selection.ids.size > 0} focusable={sample.id === first} onSelect={onSelect} onFocus={setCursor} />
                </div>
              )
            })}
          </div>
        ))}
      </div>
      {isError && (isFetching ? <Skeleton className="m-3 h-11" /> : <ErrorNote error={pages.error} retry={() => void (isFetchNextPageError ? fetchNextPage() : refetch())} className="m-3" />)}
    </div>
  )
}
