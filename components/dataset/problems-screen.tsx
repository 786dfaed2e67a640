'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { parseAsInteger, parseAsString, useQueryStates } from 'nuqs'
import { useState } from 'react'
import type { ImportRow } from '@/lib/import/store'
import { ask } from '../api'
import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'
import { EmptyState, ErrorNote } from '../ui/notes'
import { counted, formatCount } from '../ui/numbers'
import { Panel } from '../ui/panel'
import { RelativeTime } from '../ui/relative-time'
import { Skeleton } from '../ui/skeleton'
import { toast } from '../ui/toast'
import { cx } from '../ui/class-names'
import { DataFrame } from './data-frame'
import { problemsUrl, useImports, useProblems } from './data-queries'

/** What could not be read, where, and why. */
export function ProblemsScreen({ dataset }: { dataset: string }) {
  const [state, setState] = useQueryStates({ import: parseAsInteger, why: parseAsString })
  const query = { import: state.import ?? undefined, why: state.why ?? undefined }
  const { data: imports, error } = useImports(dataset)
  const pages = useProblems(dataset, query)
  const [back, setBack] = useState<ImportRow | null>(null)
  const rows = pages.data?.pages.flatMap((page) => page.problems) ?? []
  const [first] = pages.data?.pages ?? []
  const failure = error ?? pages.error
  return (
    <DataFrame dataset={dataset} title="What could not be read, and why?" wide>
      {failure && <ErrorNote error={failure} className="m-4" />}
      <Panel title="Imports">
        {imports?.length === 0 && <p className="text-faint">No import is here any more.</p>}
        <ul className="flex flex-col">
          {imports?.map((one) => (
            <li key={one.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b border-line py-1 last:border-0">
              <button type="button" aria-pressed={state.import === one.id} disabled={one.problems === 0} onClick={() => void setState({ import: state.import === one.id ? null : one.id, why: null })} className={cx('min-h-8 min-w-0 flex-1 rounded-small px-2 text-left max-sm:basis-full [overflow-wrap:anywhere] enabled:hover:bg-hover', state.import === one.id && 'bg-accent-tint font-semibold text-accent')}>
                <bdi>{one.source}</bdi>
              </button>
              <span className="text-soft tabular-nums">{one.format}, {counted(one.added, 'sample')}, {one.status}, <RelativeTime at={one.createdAt} /></span>
              <span className={cx('w-24 text-right tabular-nums', one.problems > 0 ? 'text-rejected' : 'text-faint')}>{counted(one.problems, 'problem')}</span>
              <Button size="small" look="quiet" onClick={() => setBack(one)}>Take back</Button>
              {one.why && <p className="w-full px-2 text-rejected">{one.why}</p>}
            </li>
          ))}
        </ul>
      </Panel>
      {first?.reasons && first.reasons.length > 0 && !query.why && (
        <Panel title="Most common">
          <ul className="flex flex-col">
            {first.reasons.map(({ why, count }) => (
              <li key={why} className="border-b border-line last:border-0">
                <button type="button" onClick={() => void setState({ why })} className="flex min-h-8 w-full items-baseline gap-4 rounded-small px-2 py-1 text-left hover:bg-hover"><span className="min-w-0 flex-1 [overflow-wrap:anywhere]">{why}</span><span className="text-soft tabular-nums">{formatCount(count)}</span></button>
              </li>
            ))}
          </ul>
        </Panel>
      )}
      {!pages.data && !failure && <div role="status" aria-label="Loading" className="p-4"><Skeleton className="h-64" /></div>}
      {first && first.count === 0 && <EmptyState title="No problem was met" command={`recaption undo-import --dataset "${dataset}"`}>Every row and file was read. What an import cannot read is listed here with its place and its reason; the rest comes in.</EmptyState>}
      {first && first.count !== undefined && first.count > 0 && (
        <Panel
          title={counted(first.count, 'problem')}
          aside={
            <>
              {(query.import ?? query.why) !== undefined && <Button size="small" look="quiet" onClick={() => void setState({ import: null, why: null })}>Show all</Button>}
              <a className="link" href={problemsUrl(dataset, query, { download: 'csv' })} download>Download CSV</a>
              <a className="link" href={problemsUrl(dataset, query, { download: 'json' })} download>Download JSON</a>
            </>
          }
        >
          {query.why && <p className="measure mb-2 text-soft">Only: {query.why}</p>}
          <ul className="flex flex-col">
            {rows.map((problem) => (
              <li key={problem.id} className="grid gap-x-4 border-b border-line py-1 last:border-0 sm:grid-cols-[2fr_3fr] [overflow-wrap:anywhere]">
                <bdi className="text-soft">{problem.path}{problem.line ? `, line ${formatCount(problem.line)}` : ''}</bdi>
                <span>{problem.why}</span>
              </li>
            ))}
          </ul>
          {pages.hasNextPage && <Button className="mt-3" busy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>Show more</Button>}
        </Panel>
      )}
      {back && <TakeBack dataset={dataset} one={back} onClose={() => setBack(null)} />}
    </DataFrame>
  )
}

function TakeBack({ dataset, one, onClose }: { dataset: string; one: ImportRow; onClose: () => void }) {
  const client = useQueryClient()
  const act = useMutation({
    mutationFn: () => ask<{ removed: number }>(`/api/v1/imports/${one.id}`, { method: 'DELETE' }),
    onSuccess: async ({ removed }) => {
      toast(`${counted(removed, 'sample')} taken back`)
      onClose()
      for (const name of ['imports', 'problems', 'overview', 'samples', 'facets', 'duplicates', 'sidecars']) await client.invalidateQueries({ queryKey: [name, dataset] })
      await client.invalidateQueries({ queryKey: ['datasets'] })
    },
  })
  return (
    <Dialog open onOpenChange={onClose} title="Take this import back" description={one.source} footer={<><Button onClick={onClose}>Leave it</Button><Button look="danger" busy={act.isPending} onClick={() => act.mutate()}>Take back {counted(one.added, 'sample')}</Button></>}>
      <p className="measure">Its samples leave the dataset with their captions, flags and problems; the files it was read from stay where they are. If a person has decided about one of them, or a run has captioned one, nothing is taken back.</p>
      {act.error && <ErrorNote error={act.error} className="mt-3" />}
    </Dialog>
  )
}
