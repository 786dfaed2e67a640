'use client'

import { useMutation } from '@tanstack/react-query'
import Link from 'next/link'
import { useState } from 'react'
import type { DuplicateWay } from '@/lib/sample/duplicate-store'
import { datasetPath, post } from '../api'
import { CaptionText } from '../caption/caption-text'
import { cutsIn } from '../caption/cut-tail'
import { datasetUrl, sampleUrl } from '../frame/places'
import { actor } from '../recaption/actor'
import { leaveToServer } from '../review/history'
import { Picture } from '../sample/picture'
import { Badge } from '../ui/badge'
import { Button } from '../ui/button'
import { cx } from '../ui/class-names'
import { ErrorNote } from '../ui/notes'
import { counted, formatCount } from '../ui/numbers'
import { toast } from '../ui/toast'
import type { Group } from './data-queries'

/** The one with the most pixels is offered to be kept; of equals the first. */
const largest = (samples: Group['samples']) => samples.reduce<Group['samples'][number] | undefined>((best, one) => (best && pixels(best) >= pixels(one) ? best : one), undefined)
const pixels = ({ width, height }: Group['samples'][number]) => (width ?? 0) * (height ?? 0)

type Step = { act: 'drop' | 'flag'; filter: string }

/** One group side by side, and the one decision that applies to all of it. */
export function DuplicateCard({ dataset, group, way, onChanged }: { dataset: string; group: Group; way: DuplicateWay; onChanged: () => void }) {
  const [kept, setKept] = useState(() => largest(group.samples)?.id)
  const changed = () => {
    leaveToServer()
    onChanged()
  }
  const decide = useMutation({
    mutationFn: ({ act, filter }: Step) => post<{ id: number; count: number }>(`${datasetPath(dataset)}/bulk`, { act, filter, reasons: act === 'drop' ? ['duplicate'] : [], reviewer: actor() }),
    onSuccess: (batch, { act }) => {
      changed()
      const undo = () => post(`/api/v1/batches/${batch.id}/undo`, { reviewer: actor() }).then(changed, (error: Error) => toast.error(error.message))
      toast(`${counted(batch.count, 'sample')} ${act === 'drop' ? 'dropped' : 'flagged'}`, { action: { label: 'Undo', onClick: () => void undo() } })
    },
  })
  const others = group.count - 1
  const all = `${group.filter} dropped:no`
  const shared = way === 'text' ? group.samples.flatMap((sample) => sample.captions).find((caption) => caption.id === group.id) : undefined
  return (
    <section aria-label={`${counted(group.count, 'sample')} like ${group.samples[0]?.key ?? ''}`} className="border-b border-line px-4 py-4">
      <header className="mb-2 flex flex-wrap items-center gap-2">
        <h2 className="font-semibold tabular-nums">{counted(group.count, 'sample')}</h2>
        {group.texts > 1 && <Badge tone="text-flag bg-flag-tint">{formatCount(group.texts)} different alt texts</Badge>}
        {group.kind && <Badge>{group.kind}</Badge>}
        <Link className="link" href={datasetUrl(dataset, '', { filter: group.filter })}>Show in the grid</Link>
        <span className="flex-1" />
        {way === 'text' && <Button size="small" busy={decide.isPending} onClick={() => decide.mutate({ act: 'flag', filter: all })}>Flag all {formatCount(group.count)}</Button>}
        <Button size="small" busy={decide.isPending} onClick={() => decide.mutate({ act: 'drop', filter: `${all} -id:${kept}` })}>Keep the marked one, drop {formatCount(others)}</Button>
        <Button size="small" look="danger" busy={decide.isPending} onClick={() => decide.mutate({ act: 'drop', filter: all })}>Drop all {formatCount(group.count)}</Button>
      </header>
      {shared && <CaptionText text={shared.text} cuts={cutsIn(shared)} lines={3} className="mb-3" />}
      {decide.error && <ErrorNote error={decide.error} className="mb-3" />}
      <ul role="radiogroup" aria-label="Which one to keep" className="grid grid-cols-2 gap-3 sm:grid-cols-3 lg:grid-cols-4">
        {group.samples.map((sample) => {
          const alt = sample.captions.find((caption) => caption.kind === 'alt')
          return (
            <li key={sample.id} role="presentation" className={cx('flex min-w-0 flex-col overflow-hidden rounded-medium border bg-raised', sample.id === kept ? 'border-accent outline-2 outline-accent' : 'border-line')}>
              <Link href={sampleUrl(dataset, sample.key)} aria-label={`Open ${sample.key}`} className="relative block aspect-[4/3] bg-sunken"><Picture sample={sample} className="absolute inset-0" /></Link>
              <div className="flex flex-1 flex-col gap-1 p-2">
                <label className="flex min-h-6 items-center gap-2">
                  <input type="radio" name={`keep ${way} ${group.id}`} checked={sample.id === kept} onChange={() => setKept(sample.id)} className="size-4 shrink-0 accent-accent" />
                  <bdi className="min-w-0 truncate" title={sample.key}>{sample.key}</bdi>
                </label>
                {way !== 'text' && (alt ? <CaptionText text={alt.text} cuts={cutsIn(alt)} lines={3} /> : <span className="text-faint">No alt text</span>)}
                <span className="mt-auto text-faint tabular-nums">{sample.width && sample.height ? `${formatCount(sample.width)} × ${formatCount(sample.height)}` : 'size not known'}, {counted(sample.captions.length, 'caption')}</span>
              </div>
            </li>
          )
        })}
      </ul>
      {group.count > group.samples.length && <p className="mt-2 text-faint">and {counted(group.count - group.samples.length, 'more sample')}; a decision is about all of them.</p>}
    </section>
  )
}
