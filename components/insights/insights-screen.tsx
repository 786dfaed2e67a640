'use client'

import { parseAsStringLiteral, useQueryState } from 'nuqs'
import { useState } from 'react'
import { useActs } from '../frame/keys'
import { TrainerPicker } from '../caption/trainer-picker'
import { Button } from '../ui/button'
import { EmptyState, ErrorNote } from '../ui/notes'
import { formatCount } from '../ui/numbers'
import { RelativeTime } from '../ui/relative-time'
import { Skeleton } from '../ui/skeleton'
import { Alarms } from './alarms'
import { Figures } from './figures'
import { LostPanel } from './lost-panel'
import { Multiples } from './multiples'
import { useInsights } from './queries'
import { Scorecards } from './scorecards'
import { columnsOf } from './scope-name'

const BY = ['kind', 'recipe'] as const

/** What will a model learn from these captions? */
export function InsightsScreen({ dataset }: { dataset: string }) {
  const { data, error, refetch, measuring, measure } = useInsights(dataset)
  const [failed, setFailed] = useState<unknown>(null)
  const [by, setBy] = useQueryState('by', parseAsStringLiteral(BY).withDefault('kind'))
  const again = () => measure().catch(setFailed)
  const insights = data?.insights
  useActs([
    { label: 'Measure again', group: 'Insights', run: () => void again() },
    { label: by === 'kind' ? 'A column for each recipe version' : 'A column for each kind', keys: 'v', group: 'Insights', run: () => void setBy(by === 'kind' ? 'recipe' : null) },
  ])
  return (
    <div className="pb-12">
      <header className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line px-4 py-3">
        <h1 className="flex-1 text-title font-semibold">Insights</h1>
        {insights && (
          <p className="text-soft">
            {formatCount(insights.captions)} captions measured <RelativeTime at={insights.measuredAt} />{!insights.fresh && !measuring && '; captions or decisions have changed since'}
          </p>
        )}
        {insights && <Button onClick={() => void again()} busy={measuring}>{measuring ? 'Measuring…' : 'Measure again'}</Button>}
      </header>
      {(error ?? failed) !== null && <ErrorNote className="m-4" error={error ?? failed} retry={() => { setFailed(null); void refetch() }} />}
      {!data && !error && <div aria-label="Loading" className="grid gap-4 p-4 sm:grid-cols-3">{Array.from({ length: 6 }, (_, i) => <Skeleton key={i} className="h-44" />)}</div>}
      {data && !insights && (
        <EmptyState title={measuring ? 'The captions are being measured' : 'These captions were not measured yet'} action={!measuring && <Button look="primary" onClick={() => void again()}>Measure now</Button>}>
          {measuring ? 'One pass over all captions; what is found appears here.' : 'One pass over all captions: lengths, openings, variety, duplicates, what is lost of the originals. It is stored, so that opening this page reads rows.'}
        </EmptyState>
      )}
      {insights?.captions === 0 && <EmptyState title="There are no captions yet" command={`recaption run --dataset "${dataset}" --recipe detailed`}>Import texts with the pictures, or recaption them.</EmptyState>}
      {insights && insights.captions > 0 && (
        <>
          <Alarms dataset={dataset} kinds={insights.kinds} />
          <div className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line px-4 py-2">
            <div role="group" aria-label="Columns" className="flex gap-1">
              {BY.map((one) => <Button key={one} size="small" look={by === one ? 'plain' : 'quiet'} aria-pressed={by === one} onClick={() => void setBy(one === 'kind' ? null : one)}>{one === 'kind' ? 'By kind' : 'By recipe version'}</Button>)}
            </div>
            <span className="flex-1" />
            <TrainerPicker />
          </div>
          <Multiples dataset={dataset} columns={columnsOf(insights.kinds, by)} originals={insights.originals} />
          <Figures columns={columnsOf(insights.kinds, by)} />
          <Scorecards dataset={dataset} cards={insights.scorecards} />
          {insights.lost && <LostPanel dataset={dataset} lost={insights.lost} />}
        </>
      )}
    </div>
  )
}
