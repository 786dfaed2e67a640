'use client'

import Link from 'next/link'
import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs'
import { useState } from 'react'
import { FilterBar } from '../dataset/filter-bar'
import { readFilter } from '../dataset/terms'
import { datasetUrl } from '../frame/places'
import { ReviewNav } from '../people/review-nav'
import { Panel } from '../ui/panel'
import { Tabs } from '../ui/tabs'
import { BatchList } from './batch-list'
import { DecideForm } from './decide-form'
import { ReplaceForm } from './replace-form'

/** What would one step change, and what did the last ones? */
export function BulkScreen({ dataset }: { dataset: string }) {
  const [state, setState] = useQueryStates({ filter: parseAsString.withDefault(''), do: parseAsStringLiteral(['decide', 'replace']).withDefault('decide') })
  const [expect, setExpect] = useState<number>()
  const readable = readFilter(state.filter).filter !== undefined
  const [held, setHeld] = useState('')
  const shared = { dataset, filter: state.filter, readable, held, onApply: setExpect }
  return (
    <div className="flex h-full min-h-0 flex-col">
      <h1 className="sr-only">Bulk steps on {dataset}</h1>
      <ReviewNav dataset={dataset} here="bulk" />
      <div className="min-h-0 flex-1 overflow-y-auto lg:grid lg:grid-cols-[minmax(380px,1fr)_minmax(0,1fr)] lg:overflow-hidden">
        <div className="lg:overflow-y-auto lg:border-r lg:border-line">
          <Panel title="All that match" aside={<Link className="link" href={datasetUrl(dataset, '', { filter: state.filter })}>See them in the grid</Link>}>
            <FilterBar dataset={dataset} filter={state.filter} onFilter={(filter) => void setState({ filter: filter || null })} onHeld={setHeld} />
          </Panel>
          <div className="max-lg:border-b max-lg:border-line">
            <Tabs
              label="What to do"
              value={state.do}
              onChange={(value) => void setState({ do: value === 'replace' ? 'replace' : 'decide' })}
              tabs={[{ value: 'decide', label: 'Decide', panel: <div className="p-4"><DecideForm {...shared} /></div> }, { value: 'replace', label: 'Find and replace', panel: <div className="p-4"><ReplaceForm {...shared} /></div> }]}
            />
          </div>
        </div>
        <div className="min-w-0 lg:overflow-y-auto"><BatchList dataset={dataset} expect={expect} /></div>
      </div>
    </div>
  )
}
