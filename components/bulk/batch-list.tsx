'use client'

import { Redo2, Undo2 } from 'lucide-react'
import type { BatchView } from '@/lib/review/batch-store'
import { useReviewer } from '../people/reviewer'
import { Badge } from '../ui/badge'
import { Button } from '../ui/button'
import { cx } from '../ui/class-names'
import { ErrorNote } from '../ui/notes'
import { counted } from '../ui/numbers'
import { Panel } from '../ui/panel'
import { Progress } from '../ui/progress'
import { RelativeTime } from '../ui/relative-time'
import { Skeleton } from '../ui/skeleton'
import { useBatches, useTurn } from './queries'
import { about, did } from './words'

/** Bulk steps, newest first; each is taken back as one step. `expect`: how much the one being written will be. */
export function BatchList({ dataset, expect }: { dataset: string; expect?: number }) {
  const { data, error, refetch } = useBatches(dataset, expect !== undefined)
  return (
    <Panel title="Steps" className="border-b-0">
      {error && <ErrorNote error={error} retry={() => void refetch()} />}
      {!data && !error && <Skeleton className="h-24" />}
      {data?.underWay.map((batch) => (
        <p key={batch.id} role="status" className="flex flex-wrap items-center gap-3 py-2 tabular-nums">
          <Progress value={batch.written} total={expect} label="Bulk step" />
          {counted(batch.written, 'decision')} written; nothing counts before all are
        </p>
      ))}
      {data?.batches.length === 0 && data.underWay.length === 0 && <p className="measure text-soft">No bulk step yet. Every step that was taken stands here, and can be taken back whole.</p>}
      <ul className="divide-y divide-line">{data?.batches.map((batch) => <Step key={batch.id} batch={batch} />)}</ul>
    </Panel>
  )
}

function Step({ batch }: { batch: BatchView }) {
  const reviewer = useReviewer()
  const turn = useTurn()
  const way = batch.undone ? 'redo' : 'undo'
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2">
      <div className="min-w-0 flex-1 basis-60">
        <p className={cx('font-medium tabular-nums', batch.undone && 'text-faint line-through')}>{did(batch)}</p>
        <p className="text-soft [overflow-wrap:anywhere]">{[...about(batch)].join(' · ')}</p>
        <p className="text-faint"><bdi>{batch.reviewer}</bdi>, <RelativeTime at={batch.createdAt} /></p>
      </div>
      {batch.undone && <Badge>taken back</Badge>}
      {batch.act !== 'rollback' && (
        <Button size="small" busy={turn.isPending} onClick={() => turn.mutate({ id: batch.id, way, reviewer })} aria-label={`${batch.undone ? 'Redo' : 'Undo'}: ${did(batch)}`}>
          {batch.undone ? <Redo2 size={14} aria-hidden /> : <Undo2 size={14} aria-hidden />}
          {batch.undone ? 'Redo' : 'Undo'}
        </Button>
      )}
      {turn.error && <ErrorNote error={turn.error} className="w-full" />}
    </li>
  )
}
