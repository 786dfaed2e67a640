'use client'

import Link from 'next/link'
import { datasetUrl } from '../frame/places'
import { Badge } from '../ui/badge'
import { ErrorNote } from '../ui/notes'
import { formatCount } from '../ui/numbers'
import { Panel } from '../ui/panel'
import { Progress } from '../ui/progress'
import { RelativeTime } from '../ui/relative-time'
import { Skeleton } from '../ui/skeleton'
import { useRuns } from './queries'
import { RunBadge } from './run-badge'
import { formatMoney, isOver } from './words'

/** The runs of a dataset, newest first. */
export function RunList({ dataset }: { dataset: string }) {
  const { data, error, refetch } = useRuns(dataset)
  return (
    <Panel title="Runs" className="border-b-0">
      {error && <ErrorNote error={error} retry={() => void refetch()} />}
      {!data && !error && <Skeleton className="h-24" />}
      {data?.length === 0 && <p className="measure text-soft">No run yet. The same on the command line: <code className="font-mono text-[12px] [overflow-wrap:anywhere]">recaption run --dataset &quot;{dataset}&quot; --recipe short</code></p>}
      <ul className="divide-y divide-line">
        {data?.map((run) => {
          const ended = run.done + run.failed + run.skipped
          return (
            <li key={run.id}>
              <Link href={datasetUrl(dataset, `/recaption/runs/${run.id}`)} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2 tabular-nums hover:bg-hover">
                <span className="font-medium">Run {run.id}</span>
                <RunBadge status={run.status} />
                {run.rolledBack && <Badge>rolled back</Badge>}
                <span className="min-w-0 text-soft [overflow-wrap:anywhere]">{run.recipe}@{run.recipeVersion} by {run.captioner === run.model ? run.model : `${run.captioner}, ${run.model}`}</span>
                <span className="flex-1" />
                {!isOver(run.status) && <Progress value={ended} total={run.total} label={`Run ${run.id}`} className="w-24" />}
                <span>{formatCount(run.done)} written</span>
                {run.failed > 0 && <span className="text-rejected">{formatCount(run.failed)} failed</span>}
                {run.spent > 0 && <span>{formatMoney(run.spent)}</span>}
                <span className="text-faint"><RelativeTime at={run.createdAt} /></span>
              </Link>
            </li>
          )
        })}
      </ul>
    </Panel>
  )
}
