'use client'

import { useQueryClient } from '@tanstack/react-query'
import Link from 'next/link'
import { useState } from 'react'
import { post, type Sample } from '../api'
import { WordDiff } from '../caption/word-diff-view'
import { useActs } from '../frame/keys'
import { datasetUrl, sampleUrl } from '../frame/places'
import { useReviewer } from '../people/reviewer'
import { useSamples } from '../queries'
import { Picture } from '../sample/picture'
import { Button } from '../ui/button'
import { cx } from '../ui/class-names'
import { Kbd } from '../ui/kbd'
import { ErrorNote } from '../ui/notes'
import { Skeleton } from '../ui/skeleton'
import { toast } from '../ui/toast'
import { losing, marked, type Losing } from './lost-sample'

const phrase = (text: string) => `"${text.replace(/["\\]/g, '\\$&')}"`

/** The samples that lose one thing. One key makes an edit that says it; the edit is a person's, and can be undone. */
export function LostDesk({ dataset, text }: { dataset: string; text: string }) {
  const client = useQueryClient()
  const [reviewer] = useReviewer()
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
  const merge = async ({ found, sample }: { sample: Sample; found: Losing }) => {
    if (merging !== null) return
    setMerging(sample.id)
    setError(null)
    try {
      await post(`/api/v1/captions/${found.into.id}/verdicts`, { decision: 'edit', text: found.draft, version: found.into.version, reviewer })
      toast(`Merged into the ${found.into.kind} caption of ${sample.key}.`)
    } catch (failed) {
      setError(failed)
    }
    await client.invalidateQueries({ queryKey: ['samples', dataset] })
    void client.invalidateQueries({ queryKey: ['insights', dataset] })
    setMerging(null)
  }
  useActs([
    { label: 'Merge into an edit', keys: 'm', group: 'What is lost', run: () => rows[focus] && void merge(rows[focus]) },
    { label: 'Next sample', keys: 'j', group: 'What is lost', minor: true, run: () => setAt(Math.min(focus + 1, rows.length - 1)) },
    { label: 'Previous sample', keys: 'k', group: 'What is lost', minor: true, run: () => setAt(Math.max(focus - 1, 0)) },
  ])
  if (pages.error) return <ErrorNote error={pages.error} retry={() => void pages.refetch()} />
  if (!pages.data) return <Skeleton className="h-40" />
  return (
    <div className="min-w-0">
      {error !== null && <ErrorNote className="mb-2" error={error} />}
      {rows.length === 0 && <p className="text-soft">Every sample here says “{text}” now. <Link className="link" href={datasetUrl(dataset, '', { filter })}>See its samples</Link></p>}
      <ol aria-label={`Samples that lose “${text}”`} className="max-h-[32rem] overflow-y-auto">
        {rows.map((row, i) => (
          <li key={row.sample.id} aria-current={i === focus || undefined} onPointerDown={() => setAt(i)} className={cx('flex flex-wrap gap-3 border-l-2 border-b border-b-line py-3 pl-3', i === focus ? 'border-l-accent' : 'border-l-transparent')}>
            <Link href={sampleUrl(dataset, row.sample.key)} aria-label={`Sample ${row.sample.key}`} className="size-20 shrink-0 overflow-hidden rounded-small bg-sunken"><Picture sample={row.sample} side={160} /></Link>
            <div className="flex min-w-60 flex-1 flex-col gap-1">
              <p className="measure"><span className="text-faint">alt </span><bdi dir="auto">{marked(row.found.alt.text, row.found.list).map((piece, n) => (piece.sort ? <mark key={n} title={piece.sort} className="rounded-small bg-flag-tint px-0.5 text-flag">{piece.text}</mark> : piece.text))}</bdi></p>
              <div><span className="text-faint">{row.found.into.kind} would become </span><WordDiff before={row.found.into.text} after={row.found.draft} /></div>
              <div><Button size="small" look={i === focus ? 'primary' : 'plain'} busy={merging === row.sample.id} onClick={() => void merge(row)}>Merge into an edit {i === focus && <Kbd keys="m" />}</Button></div>
            </div>
          </li>
        ))}
      </ol>
      {pages.hasNextPage && <Button className="mt-2" busy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>Look further</Button>}
    </div>
  )
}
