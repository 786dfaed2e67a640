'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import Link from 'next/link'
import { useState } from 'react'
import type { Conflict } from '@/lib/import/sync'
import { datasetPath, post } from '../api'
import { WordDiff } from '../caption/word-diff-view'
import { sampleUrl } from '../frame/places'
import { useFacets } from '../queries'
import { Button } from '../ui/button'
import { Select } from '../ui/input'
import { ErrorNote } from '../ui/notes'
import { counted, formatCount } from '../ui/numbers'
import { Panel } from '../ui/panel'
import { Skeleton } from '../ui/skeleton'
import { toast } from '../ui/toast'
import { useSidecars } from './data-queries'

const SHOWN = 100
type Written = { written: number; unchanged: number; undecided: number; conflicts: number }

/** Caption files beside the pictures: what changed since, and the way back to them. */
export function SidecarPanel({ dataset }: { dataset: string }) {
  const client = useQueryClient()
  const { data, error, refetch } = useSidecars(dataset)
  const { data: facets } = useFacets(dataset, '')
  const [kind, setKind] = useState('alt')
  const write = useMutation({
    mutationFn: () => post<Written>(`${datasetPath(dataset)}/write-back`, { kind }),
    onSuccess: (done) => {
      toast(`${counted(done.written, 'file')} written, ${formatCount(done.unchanged)} the same already, ${formatCount(done.undecided)} without an approved caption${done.conflicts ? `, ${counted(done.conflicts, 'conflict')} left alone` : ''}`)
      return client.invalidateQueries({ queryKey: ['sidecars', dataset] })
    },
  })
  if (error) return <ErrorNote error={error} retry={() => void refetch()} className="m-4" />
  if (!data) return <div role="status" aria-label="Loading" className="p-4"><Skeleton className="h-32" /></div>
  if (data.files === 0) return <Panel title="Caption files"><p className="measure text-soft">No caption files lie beside the pictures of this dataset; its texts came from a table or an archive.</p></Panel>
  const kinds = facets?.values.kind.map(({ value }) => value) ?? []
  return (
    <>
      <Panel title="Caption files" aside={<span className="text-faint tabular-nums">{counted(data.files, 'file')}</span>}>
        <p className="measure mb-3 text-soft">Approved captions can be written back to the files beside the pictures. A file that changed since it was read is never written over; it is a conflict to decide first.</p>
        <div className="flex flex-wrap items-center gap-2">
          <Select aria-label="Kind of caption to write" value={kind} onChange={(event) => setKind(event.target.value)} options={(kinds.length ? kinds : ['alt']).map((value) => ({ value, label: value }))} />
          <Button look="primary" busy={write.isPending} onClick={() => write.mutate()}>Write approved captions back</Button>
        </div>
        {write.error && <ErrorNote error={write.error} className="mt-3" />}
      </Panel>
      <Panel title={data.conflicts.length ? counted(data.conflicts.length, 'conflict') : 'No conflicts'} aside={<Button size="small" look="quiet" onClick={() => void refetch()}>Look again</Button>}>
        {data.conflicts.length === 0 && <p className="text-soft">Every file is as it was when it was read.</p>}
        <ul className="flex flex-col">{data.conflicts.slice(0, SHOWN).map((conflict) => <Decision key={conflict.id} dataset={dataset} conflict={conflict} />)}</ul>
        {data.conflicts.length > SHOWN && <p className="mt-2 text-faint">The first {SHOWN} are shown. All at once: recaption sync --dataset &quot;{dataset}&quot; --take theirs (or ours)</p>}
      </Panel>
    </>
  )
}

function Decision({ dataset, conflict }: { dataset: string; conflict: Conflict }) {
  const client = useQueryClient()
  const decide = useMutation({
    mutationFn: (side: 'theirs' | 'ours') => post(`${datasetPath(dataset)}/sidecars/${conflict.id}`, { side }),
    onSuccess: () => Promise.all(['sidecars', 'samples', 'facets', 'overview'].map((name) => client.invalidateQueries({ queryKey: [name, dataset] }))),
  })
  return (
    <li className="border-b border-line py-3 last:border-0">
      <p className="mb-1 flex flex-wrap items-baseline gap-x-3 [overflow-wrap:anywhere]"><Link className="link" href={sampleUrl(dataset, conflict.key)}><bdi>{conflict.key}</bdi></Link><bdi className="text-faint">{conflict.path}</bdi></p>
      {conflict.theirs === undefined ? <p className="text-rejected">The file is gone. Put it back, or leave the caption as it is here.</p> : <WordDiff before={{ text: conflict.ours ?? '' }} after={{ text: conflict.theirs }} />}
      {conflict.theirs !== undefined && (
        <div className="mt-2 flex flex-wrap gap-2">
          <Button size="small" busy={decide.isPending} onClick={() => decide.mutate('theirs')}>Take the file’s text too</Button>
          <Button size="small" busy={decide.isPending} onClick={() => decide.mutate('ours')}>Keep ours</Button>
        </div>
      )}
      {decide.error && <ErrorNote error={decide.error} className="mt-2" />}
    </li>
  )
}
