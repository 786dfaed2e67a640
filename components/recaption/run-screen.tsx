'use client'

import { ArrowLeft } from 'lucide-react'
import Link from 'next/link'
import { useEffect } from 'react'
import { datasetUrl } from '../frame/places'
import { Badge } from '../ui/badge'
import { LinkButton } from '../ui/button'
import { EmptyState, ErrorNote } from '../ui/notes'
import { formatCount } from '../ui/numbers'
import { Progress } from '../ui/progress'
import { Skeleton } from '../ui/skeleton'
import { Figure } from './plan-figures'
import { useRun, useRunProgress, type RunView } from './queries'
import { RunActs } from './run-acts'
import { RunAsked } from './run-asked'
import { RunBadge } from './run-badge'
import { RunFindings } from './run-findings'
import { RunLatest } from './run-latest'
import { formatDuration, formatMoney, formatRate, isOver, SKIPPED } from './words'

/** How far it is, what it costs, what went wrong, what it writes. */
export function RunScreen({ dataset, id }: { dataset: string; id: number }) {
  const { data: run, error, refetch } = useRun(id)
  const live = useRunProgress(id, run !== undefined && !isOver(run.status))
  const known = run?.status
  const told = live.data?.status
  useEffect(() => {
    if (known && told && known !== told) void refetch()
  }, [known, told, refetch])
  if (run && run.dataset !== dataset) return <EmptyState title={`Run ${id} is of another dataset`} action={<LinkButton href={datasetUrl(run.dataset, `/recaption/runs/${id}`)}>Open it there</LinkButton>} />
  if (error && !run) return <div className="p-4"><ErrorNote error={error} retry={() => void refetch()} /></div>
  if (!run) return <div aria-label="Loading" className="flex flex-col gap-3 p-4"><Skeleton className="h-11" /><Skeleton className="h-24" /><Skeleton className="h-64" /></div>
  // What was asked last is the truth; an ended run has no live figures to wait for.
  const newest = live.data && !isOver(run.status) ? live.data : run.progress
  return <Run dataset={dataset} run={{ ...run, status: newest.status, why: newest.why, progress: newest }} stale={live.error} />
}

function Run({ dataset, run, stale }: { dataset: string; run: RunView; stale: Error | null }) {
  const { progress } = run
  const ended = progress.done + progress.failed + progress.skipped
  const budget = run.budget
  return (
    <div className="flex flex-col">
      <header className="flex min-h-11 flex-wrap items-center gap-2 border-b border-line px-3 py-1.5">
        <LinkButton look="quiet" size="small" href={datasetUrl(dataset, '/recaption')} aria-label="All runs"><ArrowLeft size={16} aria-hidden /></LinkButton>
        <h1 className="font-semibold">Run {run.id}</h1>
        <RunBadge status={run.status} />
        {run.rolledBack && <Badge>rolled back</Badge>}
        <span className="min-w-0 text-soft [overflow-wrap:anywhere]">{run.recipe}@{run.recipeVersion} by {run.captioner}, {run.model}</span>
        <span className="flex-1" />
        <RunActs dataset={dataset} run={run} />
      </header>
      {stale && <ErrorNote error={stale} className="m-3" />}
      {run.why && <p role="status" className={`border-b border-line px-4 py-2 ${run.status === 'failed' ? 'bg-rejected-tint text-rejected' : 'bg-flag-tint text-flag'}`}>{run.why}</p>}
      {run.rolledBack && <p role="status" className="border-b border-line px-4 py-2 text-soft">Its captions are out of play; verdicts and edits by people are kept. This can be undone.</p>}
      <section aria-label="Progress" className="border-b border-line">
        <div className="flex items-center gap-3 px-4 pt-3 tabular-nums">
          <Progress value={ended} total={progress.total} label="Samples ended" className="h-2 flex-1" />
          <span>{formatCount(ended)} of {formatCount(progress.total)}</span>
        </div>
        <dl className="grid grid-cols-2 px-1 sm:grid-cols-4 lg:grid-cols-7">
          <Figure name="Written">{formatCount(progress.done)}</Figure>
          <Figure name="Failed">{formatCount(progress.failed)}</Figure>
          <Figure name="Left as they are">{formatCount(progress.skipped)}</Figure>
          <Figure name="Rate" hint={progress.running > 0 ? `${formatCount(progress.running)} under way` : undefined}>{progress.rate > 0 ? formatRate(progress.rate) : '–'}</Figure>
          <Figure name="Time left">{progress.etaSeconds === null ? '–' : formatDuration(progress.etaSeconds)}</Figure>
          <Figure name="Spent">{formatMoney(progress.spent)}</Figure>
          <Figure name="Budget left">{budget === null ? 'no cap' : `${formatMoney(progress.budgetLeft ?? 0)} of ${formatMoney(budget)}`}</Figure>
        </dl>
        {progress.batch && !isOver(run.status) && <p role="status" className="px-4 pb-3 text-soft tabular-nums">{progress.batch.open > 0 ? `Waiting for the batch: ${formatCount(progress.batch.open)} of ${formatCount(progress.batch.requests)} requests are open.` : 'Handing requests over in batches.'}</p>}
        {progress.kept && <p className="px-4 pb-3 text-soft tabular-nums">Kept only if better: {formatCount(progress.kept.fresh)} new captions speak for their samples, {formatCount(progress.kept.old)} lost against the old one and stay out of play.</p>}
        {progress.skippedBecause.length > 0 && <ul aria-label="Left as they are, and why" className="px-4 pb-3 text-soft tabular-nums">{progress.skippedBecause.map(({ why, count }) => <li key={why}>{formatCount(count)}: {SKIPPED[why]}</li>)}</ul>}
      </section>
      <div className="lg:grid lg:grid-cols-[minmax(0,3fr)_minmax(340px,2fr)]">
        <RunLatest dataset={dataset} run={run} />
        <div className="lg:border-l lg:border-line">
          <RunFindings dataset={dataset} run={run} />
          <RunAsked run={run} />
          <p className="px-4 py-3"><Link className="link" href={datasetUrl(dataset, '/recaption')}>All runs of this dataset</Link></p>
        </div>
      </div>
    </div>
  )
}
