'use client'

import { Settings2 } from 'lucide-react'
import { QUEUE_ORDERS } from '@/lib/review/queue-orders'
import { Button, IconButton } from '../ui/button'
import { Select } from '../ui/input'
import { formatCount } from '../ui/numbers'
import { Progress } from '../ui/progress'
import type { QueueChoice } from './use-queue'

type Props = {
  choice: QueueChoice
  onChoice: (choice: QueueChoice) => void
  note: string
  count: { total: number; decided: number; capped: boolean } | undefined
  rate: number | null
  depth: number
  reviewer: string | null
  onName: () => void
  onSettings: () => void
}

/** Which work this is, how far it is, and how fast it goes. */
export function DeskLine({ choice, onChoice, note, count, rate, depth, reviewer, onName, onSettings }: Props) {
  return (
    <div className="flex min-h-10 shrink-0 items-center max-lg:flex-wrap gap-x-3 gap-y-1 border-b border-line px-3 py-1 tabular-nums">
      <h1 className="sr-only">Review</h1>
      <label className="flex shrink-0 items-center gap-2">
        <span className="text-soft max-md:sr-only">Queue</span>
        <Select className="h-7 min-w-0 max-md:w-48" value={choice.order} onChange={(event) => onChoice({ ...choice, order: event.target.value })} options={QUEUE_ORDERS.map(({ id, label }) => ({ value: id, label }))} />
      </label>
      <label className="flex shrink-0 items-center gap-1.5 text-soft max-md:hidden"><input type="checkbox" checked={choice.all} onChange={(event) => onChoice({ ...choice, all: event.target.checked })} /> decided ones too</label>
      {choice.filter && <bdi className="max-w-64 min-w-0 truncate text-soft max-md:hidden" title={choice.filter}>{choice.filter}</bdi>}
      <span className="min-w-0 flex-1 truncate text-[12px] text-faint max-xl:hidden" title={note}>{note}</span>
      <span className="flex-1 xl:hidden" />
      {count && (
        <span className="flex shrink-0 items-center gap-2">
          <Progress value={count.decided} total={count.total} label="Reviewed" className="w-24 max-md:w-12" />
          <span>{count.capped ? `of more than ${formatCount(count.total)}` : `${formatCount(count.decided)} of ${formatCount(count.total)}`}</span>
        </span>
      )}
      {rate !== null && <span className="shrink-0 text-soft max-md:hidden">{rate.toFixed(1)}/min</span>}
      <span className="shrink-0 text-soft max-md:hidden">undo {depth}</span>
      <Button size="small" look="quiet" onClick={onName} className="max-w-40 max-md:hidden"><bdi className="truncate">{reviewer ?? 'Who are you?'}</bdi></Button>
      <IconButton size="small" label="Keys and name" onClick={onSettings}><Settings2 size={14} aria-hidden /></IconButton>
    </div>
  )
}
