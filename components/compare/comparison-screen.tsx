'use client'

import Link from 'next/link'
import { datasetUrl } from '../frame/places'
import { useAskedName } from '../people/asked-name'
import { ReviewNav } from '../people/review-nav'
import { ErrorNote } from '../ui/notes'
import { formatCount } from '../ui/numbers'
import { Progress } from '../ui/progress'
import { Skeleton } from '../ui/skeleton'
import { ComparisonOutcome } from './comparison-outcome'
import { PairDesk } from './pair-desk'
import { useComparison, useJudge, useNextPair, type Pointed } from './queries'

/** One comparison: its pairs one after the other, then what came out. */
export function ComparisonScreen({ dataset, id }: { dataset: string; id: number }) {
  const { data: comparison, error, refetch } = useComparison(id)
  return (
    <div className="flex h-full min-h-0 flex-col">
      <h1 className="sr-only">Comparison {id} on {dataset}</h1>
      <ReviewNav dataset={dataset} here="compare" />
      {error ? <div className="p-4"><ErrorNote error={error} retry={() => void refetch()} /></div>
        : !comparison ? <div className="p-4"><Skeleton className="h-64" /></div>
        : comparison.result ? <ComparisonOutcome dataset={dataset} comparison={comparison} result={comparison.result} />
        : <Pairs dataset={dataset} id={id} />}
    </div>
  )
}

function Pairs({ dataset, id }: { dataset: string; id: number }) {
  const { data, error, refetch, isPlaceholderData } = useNextPair(id, true)
  const { withName, dialog } = useAskedName()
  const judge = useJudge(id)
  const choose = (position: number, choice: Pointed) => withName((reviewer) => judge.mutate({ position, choice, reviewer }))
  const failed = error ?? judge.error
  return (
    <>
      <div className="flex min-h-10 shrink-0 flex-wrap items-center gap-x-4 border-b border-line px-4 py-1 tabular-nums">
        <Link href={datasetUrl(dataset, '/compare')} className="link">Comparisons</Link>
        {data && <><Progress value={data.judged} total={data.pairs} label="Judged" className="w-28" /><span>{formatCount(Math.min(data.pairs, data.judged + 1))} of {formatCount(data.pairs)}</span></>}
        <span className="flex-1 text-soft max-sm:hidden">sides are random; the result is shown after the last pair</span>
      </div>
      {failed && <div className="p-4"><ErrorNote error={failed} retry={() => void refetch()} /></div>}
      <div className="min-h-0 flex-1 overflow-y-auto">
        {data?.next ? <PairDesk key={data.next.position} pair={data.next} busy={judge.isPending || isPlaceholderData} onChoose={(choice) => data.next && choose(data.next.position, choice)} /> : <div className="p-4"><Skeleton className="h-64" /></div>}
      </div>
      {dialog}
    </>
  )
}
