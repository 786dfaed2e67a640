'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useActivity } from '../queries'
import { formatCount } from '../ui/numbers'
import { Progress } from '../ui/progress'
import { RunStrip } from './run-strip'

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
    <div role="status" aria-label="In progress" className="flex shrink-0 flex-wrap items-center gap-x-6 gap-y-1 border-b border-line bg-accent-tint px-4 py-0.5 tabular-nums">
      {data?.runs?.map((run) => <RunStrip key={run.id} dataset={dataset} run={run} />)}
      {data?.imports?.map((one) => (
        <span key={one.id} className="flex items-center gap-2">
          Import <Progress value={one.added} label="Import" className="w-16" /> {formatCount(one.added)} samples
        </span>
      ))}
    </div>
  )
}
