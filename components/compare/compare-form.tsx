'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { FilterBar } from '../dataset/filter-bar'
import { HeldNote } from '../dataset/held-note'
import { readFilter } from '../dataset/terms'
import { datasetUrl } from '../frame/places'
import { useReviewer } from '../people/reviewer'
import { useFacets } from '../queries'
import { NumberField } from '../recaption/number-field'
import { useRuns } from '../recaption/queries'
import { Button } from '../ui/button'
import { Field, Select } from '../ui/input'
import { ErrorNote } from '../ui/notes'
import { counted } from '../ui/numbers'
import { Panel } from '../ui/panel'
import { useOpenComparison } from './queries'
import { sideChoices } from './side'

/** Which two write better? How many pairs are judged is said beforehand. */
export function CompareForm({ dataset, filter, onFilter }: { dataset: string; filter: string; onFilter: (filter: string) => void }) {
  const router = useRouter()
  const reviewer = useReviewer()
  const { data: facets } = useFacets(dataset, filter)
  const { data: runs } = useRuns(dataset)
  const open = useOpenComparison(dataset)
  const [held, setHeld] = useState('')
  const [wanted, setKind] = useState('')
  const [chosen, setChosen] = useState<{ a?: string; b?: string }>({})
  const [pairs, setPairs] = useState<number | null>(50)
  const kinds = (facets?.values.kind ?? []).map((one) => one.value).filter((kind) => kind !== 'alt')
  const kind = kinds.includes(wanted) ? wanted : (kinds[0] ?? '')
  const choices = sideChoices(facets?.values ?? {}, runs ?? [])
  const of = (value: string | undefined, at: number) => choices.find((choice) => choice.value === value) ?? choices.at(at)
  const [a, b] = [of(chosen.a, 0), of(chosen.b, 1)]
  const ready = a && b && a.value !== b.value && kind !== '' && pairs !== null && readFilter(filter).filter !== undefined
  const options = choices.map(({ value, label }) => ({ value, label }))
  const start = () => a && b && pairs !== null && open.mutate({ filter, kind, a: a.side, b: b.side, pairs, seed: Math.floor(Math.random() * 2 ** 31), reviewer }, { onSuccess: (made) => router.push(datasetUrl(dataset, `/compare/${made.id}`)) })
  return (
    <Panel title="A new comparison">
      <div className="flex flex-col gap-3">
        <FilterBar dataset={dataset} filter={filter} onFilter={onFilter} onHeld={setHeld} />
        {facets && choices.length < 2 ? <p className="measure text-soft">A comparison needs captions by two models, recipes or runs. Recaption the same samples a second time, by another.</p> : (
          <>
            <div className="grid gap-3 sm:grid-cols-2">
              <Field label="One side"><Select value={a?.value ?? ''} onChange={(event) => setChosen({ ...chosen, a: event.target.value })} options={options} className="w-full" /></Field>
              <Field label="The other" error={a && b && a.value === b.value ? 'Both sides are the same.' : undefined}><Select value={b?.value ?? ''} onChange={(event) => setChosen({ ...chosen, b: event.target.value })} options={options} className="w-full" /></Field>
              <Field label="Kind"><Select value={kind} onChange={(event) => setKind(event.target.value)} options={kinds.map((value) => ({ value, label: value }))} className="w-full" /></Field>
              <NumberField label="Pairs" value={pairs} onChange={setPairs} least={1} most={10_000} whole hint="Judged to the last; the result is shown then." />
            </div>
            {open.error && <ErrorNote error={open.error} />}
            <div className="flex flex-wrap items-center gap-3">
              <Button look="primary" busy={open.isPending} disabled={!ready || held !== ''} onClick={start}>Judge {counted(pairs ?? 0, 'pair')} blind</Button>
              <HeldNote held={held} />
            </div>
          </>
        )}
      </div>
    </Panel>
  )
}
