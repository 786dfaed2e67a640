'use client'

import { useQueryClient } from '@tanstack/react-query'
import Link from 'next/link'
import { useState } from 'react'
import { post } from '../api'
import { useActs } from '../frame/keys'
import { datasetUrl } from '../frame/places'
import { useAskedName } from '../people/asked-name'
import { useSamples } from '../queries'
import { leaveToServer } from '../review/history'
import { Button } from '../ui/button'
import { ErrorNote } from '../ui/notes'
import { Skeleton } from '../ui/skeleton'
import { toast } from '../ui/toast'
import { LostRow, type Row } from './lost-row'
import { losing } from './lost-sample'

const phrase = (text: string) => `"${text.replace(/["\\]/g, '\\$&')}"`

/** The samples that lose one thing. One key makes an edit that says it; the edit is a person's, and can be undone. */
export function LostDesk({ dataset, text }: { dataset: string; text: string }) {
  const client = useQueryClient()
  const { withName, dialog } = useAskedName()
  const filter = `kind:alt ${phrase(text)}`
  const pages = useSamples(dataset, filter, 'imported', true)
  const [at, setAt] = useState(0)
  const [merging, setMerging] = useState<number | null>(null)
  const [error, setError] = useState<unknown>(null)
  const rows = (pages.data?.pages ?? []).flatMap((page) => page.samples).flatMap((sample) => {
    const found = sample.dropped ? null : losing(sample)
    return found?.list.some((one) => one.text.toLowerCase() === text.toLowerCase()) ? [{ sample, found }] : []
  })
  const focus = Math.min(at, rows.length - 1)
  const merge = async ({ found, sample }: Row, reviewer: string) => {
    setMerging(sample.id)
    setError(null)
    try {
      await post(`/api/v1/captions/${found.into.id}/verdicts`, { decision: 'edit', text: found.draft, version: found.into.version, reviewer })
      leaveToServer()
      toast(`Merged into the ${found.into.kind} caption of ${sample.key}.`)
    } catch (failed) {
      setError(failed)
    }
    await client.invalidateQueries({ queryKey: ['samples', dataset] })
    void client.invalidateQueries({ queryKey: ['insights', dataset] })
    setMerging(null)
  }
  /** An edit is a person's: the first asks for the name, as the desk does. */
  const asked = (row: Row) => {
    if (merging === null) withName((name) => void merge(row, name))
  }
  useActs([
    { label: 'Merge into an edit', keys: 'm', group: 'What is lost', run: () => rows[focus] && asked(rows[focus]) },
    { label: 'Next sample', keys: 'j', group: 'What is lost', minor: true, repeats: true, run: () => setAt(Math.min(focus + 1, rows.length - 1)) },
    { label: 'Previous sample', keys: 'k', group: 'What is lost', minor: true, repeats: true, run: () => setAt(Math.max(focus - 1, 0)) },
  ])
  if (pages.error) return <ErrorNote error={pages.error} retry={() => void pages.refetch()} />
  if (!pages.data) return <Skeleton className="h-40" />
  return (
    <div className="min-w-0">
      {error !== null && <ErrorNote className="mb-2" error={error} />}
      {rows.length === 0 && <p className="text-soft">Every sample here says “{text}” now. <Link className="link" href={datasetUrl(dataset, '', { filter })}>See its samples</Link></p>}
      <ol aria-label={`Samples that lose “${text}”`} className="max-h-[32rem] overflow-y-auto">
        {rows.map((row, i) => <LostRow key={row.sample.id} dataset={dataset} row={row} focused={i === focus} busy={merging === row.sample.id} onFocus={() => setAt(i)} onMerge={() => asked(row)} />)}
      </ol>
      {pages.hasNextPage && <Button className="mt-2" busy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>Look further</Button>}
      {dialog}
    </div>
  )
}
