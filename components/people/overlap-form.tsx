'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { FilterBar } from '../dataset/filter-bar'
import { HeldNote } from '../dataset/held-note'
import { readFilter } from '../dataset/terms'
import { datasetUrl } from '../frame/places'
import { useFacets } from '../queries'
import { NumberField } from '../recaption/number-field'
import { Button } from '../ui/button'
import { Field, Select } from '../ui/input'
import { ErrorNote } from '../ui/notes'
import { Panel } from '../ui/panel'
import { useOpenOverlap } from './queries'
import { useReviewer } from './reviewer'

/** Captions that several people judge, each without seeing the others. */
export function OverlapForm({ dataset, filter, onFilter }: { dataset: string; filter: string; onFilter: (filter: string) => void }) {
  const router = useRouter()
  const reviewer = useReviewer()
  const { data: facets } = useFacets(dataset, filter)
  const open = useOpenOverlap(dataset)
  const [held, setHeld] = useState('')
  const [wanted, setKind] = useState('')
  const [people, setPeople] = useState<number | null>(2)
  const [size, setSize] = useState<number | null>(100)
  const kinds = (facets?.values.kind ?? []).map((one) => one.value).filter((kind) => kind !== 'alt')
  const kind = kinds.includes(wanted) ? wanted : (kinds[0] ?? '')
  const ready = kind !== '' && people !== null && size !== null && readFilter(filter).filter !== undefined
  const start = () => people !== null && size !== null && open.mutate({ filter, kind, people, size, seed: Math.floor(Math.random() * 2 ** 31), reviewer }, { onSuccess: (made) => router.push(datasetUrl(dataset, `/people/${made.id}`)) })
  return (
    <Panel title="A new shared review">
      <div className="flex flex-col gap-3">
        <FilterBar dataset={dataset} filter={filter} onFilter={onFilter} onHeld={setHeld} />
        <div className="grid grid-cols-3 gap-3">
          <Field label="Kind"><Select value={kind} onChange={(event) => setKind(event.target.value)} options={kinds.map((value) => ({ value, label: value }))} className="w-full" /></Field>
          <NumberField label="People each" value={people} onChange={setPeople} least={2} most={20} whole />
          <NumberField label="Captions" value={size} onChange={setSize} least={1} most={10_000} whole />
        </div>
        {facets && kinds.length === 0 && <p className="measure text-soft">No caption here was written by a model or a person. Recaption first.</p>}
        {open.error && <ErrorNote error={open.error} />}
        <div className="flex flex-wrap items-center gap-3"><Button look="primary" busy={open.isPending} disabled={!ready || held !== ''} onClick={start}>Draw them at random</Button><HeldNote held={held} /></div>
      </div>
    </Panel>
  )
}
