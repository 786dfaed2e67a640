'use client'

import { SlidersHorizontal } from 'lucide-react'
import { useCallback, useReducer, useState } from 'react'
import { useActs } from '../frame/keys'
import { useDatasets, useExactCount, useFacets } from '../queries'
import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'
import { EmptyState, ErrorNote } from '../ui/notes'
import { formatCount } from '../ui/numbers'
import { Skeleton } from '../ui/skeleton'
import { ActionBar } from './action-bar'
import { Facets } from './facets'
import { FilterBar } from './filter-bar'
import { SampleGrid } from './sample-grid'
import { nothing, select, type Step } from './selection'
import { useInspect, type Inspect } from './use-inspect'

/** What is in this data, and what is wrong with it? */
export function InspectScreen({ dataset }: { dataset: string }) {
  const inspect = useInspect(dataset)
  const { filter, setFilter } = inspect
  const [selection, step] = useReducer(select, nothing)
  const [facetsOpen, setFacetsOpen] = useState(false)
  const [ofFilter, setOfFilter] = useState(filter)
  // A selection belongs to the filter under which it was made.
  if (ofFilter !== filter) {
    setOfFilter(filter)
    step({ do: 'clear' })
  }
  const dispatch = useCallback((next: Step) => step(next), [])
  useActs([
    { label: 'Select all that match', keys: '$mod+a', group: 'Samples', run: () => step({ do: 'all' }) },
    { label: 'Select nothing', keys: 'Escape', group: 'Samples', minor: true, run: () => step({ do: 'clear' }) },
    { label: inspect.view === 'grid' ? 'Show as a list' : 'Show as a grid', keys: 'v', group: 'Samples', run: () => void inspect.setState({ view: inspect.view === 'grid' ? 'list' : null }) },
  ])
  const facets = <Facets dataset={dataset} filter={inspect.readable ? filter : ''} onFilter={setFilter} sort={inspect.sort} onSort={(sort) => void inspect.setState({ sort }, { history: 'push' })} />
  return (
    <div className="flex h-full min-h-0">
      <h1 className="sr-only">What is in {dataset}, and what is wrong with it?</h1>
      <aside aria-label="Facets" className="w-64 shrink-0 overflow-y-auto border-r border-line bg-sunken max-lg:hidden">{facets}</aside>
      <div className="flex min-w-0 flex-1 flex-col">
        <div className="flex items-start gap-2 border-b border-line px-3 py-2">
          <Button aria-label="Facets" className="lg:hidden" onClick={() => setFacetsOpen(true)}><SlidersHorizontal size={16} aria-hidden /></Button>
          <FilterBar dataset={dataset} filter={filter} onFilter={setFilter} />
          <Total dataset={dataset} inspect={inspect} />
        </div>
        <Samples dataset={dataset} inspect={inspect}><SampleGrid dataset={dataset} inspect={inspect} selection={selection} dispatch={dispatch} /></Samples>
        <ActionBar dataset={dataset} inspect={inspect} selection={selection} dispatch={dispatch} />
      </div>
      <Dialog open={facetsOpen} onOpenChange={setFacetsOpen} informs title="Facets" side="left"><div className="-m-4">{facets}</div></Dialog>
    </div>
  )
}

function Total({ dataset, inspect }: { dataset: string; inspect: Inspect }) {
  const { data: datasets } = useDatasets()
  const { data } = useFacets(dataset, inspect.filter, inspect.readable)
  const exact = useExactCount(dataset, inspect.filter, Boolean(data?.total.capped))
  const all = datasets?.find((one) => one.name === dataset)?.samples
  if (!inspect.readable) return null
  if (!data) return <Skeleton className="my-1.5 h-5 w-28 shrink-0 max-sm:hidden" />
  return (
    <output aria-label="Samples that match" className="shrink-0 py-1.5 whitespace-nowrap text-soft max-sm:hidden">
      <strong className="text-ink">{exact === undefined ? `${formatCount(data.total.count)}${data.total.capped ? '+' : ''}` : formatCount(exact)}</strong>
      {all !== undefined && ` of ${formatCount(all)}`}
    </output>
  )
}

/** The samples, or what stands in their place: the skeleton, the error, the next step. */
function Samples({ dataset, inspect, children }: { dataset: string; inspect: Inspect; children: React.ReactNode }) {
  const { pages, filter, setFilter, samples } = inspect
  if (!inspect.readable) return <div className="flex-1 overflow-auto"><EmptyState title="This filter cannot be read" action={<Button onClick={() => setFilter('')}>Clear the filter</Button>}>What is wrong stands under the filter, at the character where it is.</EmptyState></div>
  if (pages.error && samples.length === 0) return <div className="flex-1 p-4"><ErrorNote error={pages.error} retry={() => void pages.refetch()} /></div>
  if (!pages.data) return <div role="status" aria-label="Loading" className="grid flex-1 grid-cols-3 content-start gap-3 overflow-hidden p-3 md:grid-cols-5">{Array.from({ length: 15 }, (_, i) => <Skeleton key={i} className="aspect-[3/4]" />)}</div>
  if (samples.length === 0 && filter) {
    return (
      <div className="flex-1 overflow-auto">
        <EmptyState title="No sample matches this filter" action={<Button onClick={() => setFilter('')}>Clear the filter</Button>} command={`recaption samples --dataset "${dataset}" --filter '${filter}'`}>
          Take a part out of the filter, or begin again.
        </EmptyState>
      </div>
    )
  }
  if (samples.length === 0) return <div className="flex-1 overflow-auto"><EmptyState title="Nothing has been imported yet" command={`recaption import <folder> --dataset "${dataset}"`}>Import a folder of pictures with their texts, or drop one on the page of all datasets.</EmptyState></div>
  return children
}
