'use client'

import type { UseQueryResult } from '@tanstack/react-query'
import Link from 'next/link'
import { REJECT_REASONS, type RejectReason } from '@/lib/review/schema'
import { FilterBar } from '../dataset/filter-bar'
import { datasetUrl } from '../frame/places'
import { Button } from '../ui/button'
import { Field, Select } from '../ui/input'
import { ErrorNote } from '../ui/notes'
import { counted as many, formatCount } from '../ui/numbers'
import { Panel } from '../ui/panel'
import { Skeleton } from '../ui/skeleton'
import type { Counted } from './queries'
import type { Fields } from './request'
import type { Change } from './use-request'
import { SKIPPED } from './words'

type Props = { dataset: string; state: Fields; change: Change; counted: UseQueryResult<Counted>; onHeld: (why: string) => void }

/** First: which samples. The filter is the one of the grid. */
export function WhichStep({ dataset, state, change, counted, onHeld }: Props) {
  const keys = state.keys ?? []
  return (
    <Panel title="1 · Which" aside={<Link className="link" href={datasetUrl(dataset, '', { filter: state.filter })}>See them in the grid</Link>}>
      <div className="flex flex-col gap-3">
        <FilterBar dataset={dataset} filter={state.filter} onFilter={(filter) => change({ filter: filter || null } as Partial<Fields>)} onHeld={onHeld} />
        <Field label="Only where a caption was rejected for" hint={state.rejectedFor ? 'The recipe “correct” mends exactly what the reviewer named; it needs a captioner that follows instructions.' : undefined}>
          <Select value={state.rejectedFor ?? ''} onChange={(event) => change({ rejectedFor: (event.target.value || null) as RejectReason | null })} options={[{ value: '', label: 'any: rejected or not' }, ...REJECT_REASONS.map((reason) => ({ value: reason.id, label: reason.label.toLowerCase() }))]} />
        </Field>
        {keys.length > 0 && (
          <p className="flex items-center gap-2">
            <span className="min-w-0 flex-1 truncate text-soft" title={keys.join('\n')}>Of these only {many(keys.length, 'key')}: {keys.join(', ')}</span>
            <Button size="small" onClick={() => change({ keys: [] })}>All keys</Button>
          </p>
        )}
        <Summary counted={counted} />
      </div>
    </Panel>
  )
}

function Summary({ counted: { data, error, isFetching, refetch } }: Pick<Props, 'counted'>) {
  if (error) return <ErrorNote error={error} retry={() => void refetch()} />
  if (!data) return <Skeleton className="h-16" />
  return (
    <div aria-busy={isFetching} className="flex flex-col gap-1 tabular-nums">
      <p><strong className="text-title font-semibold">{formatCount(data.work)}</strong> <span className="text-soft">of {many(data.total, 'sample')} get a new {data.kind} caption</span></p>
      <ul aria-label="Left as they are" className="flex flex-col text-soft">
        {data.skipped.map(({ why, count }) => <li key={why}>{formatCount(count)} {count === 1 ? 'stays as it is' : 'stay as they are'}: {SKIPPED[why]}</li>)}
      </ul>
      {!data.skipped.some(({ why }) => why === 'human') && <p className="text-faint">No caption by a person is concerned. A run only adds captions; it never changes one.</p>}
    </div>
  )
}
