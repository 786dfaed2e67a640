'use client'

import { LayoutGrid, List } from 'lucide-react'
import { useRouter } from 'next/navigation'
import type { Sort } from '@/lib/sample/schema'
import { ask, datasetPath } from '../api'
import { useActs } from '../frame/keys'
import { datasetUrl } from '../frame/places'
import { useExactCount, useFacets } from '../queries'
import { Button, IconButton, LinkButton } from '../ui/button'
import { Select } from '../ui/input'
import { counted, formatCount } from '../ui/numbers'
import { toast } from '../ui/toast'
import { MOST, type Selection, type Step } from './selection'
import { onlyThese } from './terms'
import type { Inspect } from './use-inspect'

const SORT_LABEL: Record<Sort, string> = { imported: 'As imported', newest: 'Newest first', key: 'By key', shortest: 'Shortest alt text', longest: 'Longest alt text', suspicious: 'Most suspicious first', aligned: 'Best aligned first', duplicates: 'Duplicates together' }

/** What can be done with what is selected, or with all that match. */
export function ActionBar({ dataset, inspect, selection, dispatch }: { dataset: string; inspect: Inspect; selection: Selection; dispatch: (step: Step) => void }) {
  const router = useRouter()
  const { data } = useFacets(dataset, inspect.filter, inspect.readable)
  const exact = useExactCount(dataset, inspect.filter, inspect.readable && Boolean(data?.total.capped))
  const matching = (inspect.readable && (exact ?? data?.total.count)) || 0
  const more = exact === undefined && data?.total.capped ? '+' : ''
  const some = selection.ids.size > 0
  const count = some ? selection.ids.size : matching
  const many = !data && !some ? 'samples' : `${formatCount(count)}${some ? '' : more} ${count === 1 ? 'sample' : 'samples'}`
  const target = { filter: some ? onlyThese([...selection.ids]) : inspect.filter }
  const recaption = datasetUrl(dataset, '/recaption', target)
  const review = datasetUrl(dataset, '/review', target)
  const check = () =>
    toast.promise(ask<{ checked?: number; flagged?: number }>(`${datasetPath(dataset)}/checks`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' }), {
      loading: 'Checking the alt texts',
      success: (answer) => (answer.checked === undefined ? 'The check has started' : `${counted(answer.checked, 'sample')} checked, ${formatCount(answer.flagged ?? 0)} flagged`),
      error: (error: Error) => error.message,
    })
  useActs([
    { label: `Recaption ${many}`, group: 'Samples', run: () => router.push(recaption) },
    { label: `Review ${many}`, group: 'Samples', run: () => router.push(review) },
    { label: `Decide on ${many} in one step`, group: 'Samples', run: () => router.push(datasetUrl(dataset, '/bulk', target)) },
    { label: `Find and replace in ${many}`, group: 'Samples', run: () => router.push(datasetUrl(dataset, '/bulk', { ...target, do: 'replace' })) },
    { label: `Certify ${many}`, group: 'Samples', run: () => router.push(datasetUrl(dataset, '/certify', target)) },
    { label: 'Check the alt texts again', group: 'Dataset', run: check },
    { label: 'About this dataset', group: 'Dataset', run: () => router.push(datasetUrl(dataset, '/about')) },
  ])
  return (
    <div role="toolbar" aria-label="Samples" className="flex min-h-12 shrink-0 flex-wrap items-center gap-2 border-t border-line bg-sunken px-3 py-2">
      <IconButton label="Grid" keys="v" pressed={inspect.view === 'grid'} onClick={() => void inspect.setState({ view: null })}><LayoutGrid size={16} aria-hidden /></IconButton>
      <IconButton label="List" keys="v" pressed={inspect.view === 'list'} onClick={() => void inspect.setState({ view: 'list' })}><List size={16} aria-hidden /></IconButton>
      <Select aria-label="Sort" value={inspect.sort} onChange={(event) => void inspect.setState({ sort: event.target.value as Sort }, { history: 'push' })} options={Object.entries(SORT_LABEL).map(([value, label]) => ({ value, label }))} className="max-w-40" />
      <span role="status" className="text-soft tabular-nums">
        {selection.all ? `All ${formatCount(matching)}${more} selected` : some && `${formatCount(selection.ids.size)} selected${selection.ids.size >= MOST ? ', the most that can be chosen one by one' : ''}`}
      </span>
      {(some || selection.all) && <Button look="quiet" size="small" onClick={() => dispatch({ do: 'clear' })}>Clear</Button>}
      {!selection.all && matching > 0 && <Button look="quiet" size="small" onClick={() => dispatch({ do: 'all' })}>Select all {formatCount(matching)}{more}</Button>}
      <span className="flex-1" />
      <LinkButton look="quiet" href={datasetUrl(dataset, '/bulk', target)} aria-disabled={count === 0} className="max-sm:hidden">Bulk step</LinkButton>
      <LinkButton href={review} aria-disabled={count === 0}>Review{some ? ` ${formatCount(count)}` : ''}</LinkButton>
      <LinkButton look="primary" href={recaption} aria-disabled={count === 0}>Recaption {many}</LinkButton>
    </div>
  )
}
