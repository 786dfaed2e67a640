'use client'

import { useQueryClient } from '@tanstack/react-query'
import Link from 'next/link'
import { useEffect } from 'react'
import { useActivity } from '../queries'
import { formatCount } from '../ui/numbers'
import { Progress } from '../ui/progress'
import { datasetUrl } from './places'

const money = (value: number) => `$${value.toFixed(2)}`

/** A run or an import in progress, on every screen of its dataset. When it ends, what is shown is asked for again. */
export function ActivityStrip({ dataset }: { dataset: string }) {
  const { data } = useActivity(dataset)
  const client = useQueryClient()
  const going = (data?.runs?.length ?? 0) + (data?.imports?.length ?? 0)
  useEffect(() => {
    if (going === 0) return
    return () => {
      for (const queryKey of [['samples', dataset], ['facets', dataset], ['sample', dataset], ['datasets']]) void client.invalidateQueries({ queryKey })
    }
  }, [going, client, dataset])
  if (!going) return null
  return (
    <div role="status" aria-label="In progress" className="flex shrink-0 flex-wrap gap-x-6 gap-y-1 border-b border-line bg-accent-tint px-4 py-1 tabular-nums">
      {data?.runs?.map((run) => {
        const finished = run.done + run.failed + run.skipped
        return (
          <Link key={run.id} href={datasetUrl(dataset, `/recaption/runs/${run.id}`)} className="flex items-center gap-2 hover:underline">
            <span>Run {run.id}{run.status === 'paused' && ', paused'}</span>
            <Progress value={finished} total={run.total} label={`Run ${run.id}`} />
            <span>{formatCount(finished)} of {formatCount(run.total)}</span>
            {run.rate ? <span>{(run.rate / 60).toFixed(1)}/s</span> : null}
            {run.spent ? <span>{money(run.spent)}{run.budget ? ` of ${money(run.budget)}` : ''}</span> : null}
            {run.failed > 0 && <span className="text-rejected">{formatCount(run.failed)} failed</span>}
          </Link>
        )
      })}
      {data?.imports?.map((one) => (
        <span key={one.id} className="flex items-center gap-2">
          Import <Progress value={one.added} label="Import" className="w-16" /> {formatCount(one.added)} samples
        </span>
      ))}
    </div>
  )
}
