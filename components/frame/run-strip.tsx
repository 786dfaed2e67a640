'use client'

import { Pause, Play } from 'lucide-react'
import Link from 'next/link'
import type { Activity } from '../api'
import { useRunAct } from '../recaption/queries'
import { formatMoney, formatRate } from '../recaption/words'
import { IconButton } from '../ui/button'
import { formatCount } from '../ui/numbers'
import { Progress } from '../ui/progress'
import { toast } from '../ui/toast'
import { datasetUrl } from './places'

type Run = NonNullable<Activity['runs']>[number]

/** One run under way: how far, how fast, how much, and a way to hold it. */
export function RunStrip({ dataset, run }: { dataset: string; run: Run }) {
  const act = useRunAct(run.id, dataset)
  const paused = run.status === 'paused'
  const ended = run.done + run.failed + run.skipped
  return (
    <span className="flex items-center gap-1">
      <Link href={datasetUrl(dataset, `/recaption/runs/${run.id}`)} className="flex flex-wrap items-center gap-x-2 hover:underline">
        <span>Run {run.id}{paused && ', paused'}</span>
        <Progress value={ended} total={run.total} label={`Run ${run.id}`} />
        <span>{formatCount(ended)} of {formatCount(run.total)}</span>
        {run.rate > 0 && <span>{formatRate(run.rate)}</span>}
        {run.spent > 0 && <span>{formatMoney(run.spent)}{run.budget ? ` of ${formatMoney(run.budget)}` : ''}</span>}
        {run.failed > 0 && <span className="text-rejected">{formatCount(run.failed)} failed</span>}
      </Link>
      <IconButton size="small" label={paused ? `Go on with run ${run.id}` : `Hold run ${run.id}`} disabled={act.isPending} onClick={() => act.mutate({ act: paused ? 'resume' : 'pause' }, { onError: (error) => toast.error(error.message) })}>
        {paused ? <Play size={14} aria-hidden /> : <Pause size={14} aria-hidden />}
      </IconButton>
    </span>
  )
}
