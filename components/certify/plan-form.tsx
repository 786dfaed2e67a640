'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { FilterBar } from '../dataset/filter-bar'
import { HeldNote } from '../dataset/held-note'
import { readFilter } from '../dataset/terms'
import { datasetUrl } from '../frame/places'
import { useReviewer } from '../people/reviewer'
import { NumberField } from '../recaption/number-field'
import { useFacets } from '../queries'
import { Button } from '../ui/button'
import { Field, Select } from '../ui/input'
import { ErrorNote } from '../ui/notes'
import { counted, formatCount, formatPercent } from '../ui/numbers'
import { Panel } from '../ui/panel'
import { Skeleton } from '../ui/skeleton'
import { Characteristic } from './characteristic'
import { ALLOWED, useFixPlan, usePlanOptions } from './queries'

const CONFIDENCE = [90, 95, 99] as const
/** Whose draw it is; anyone can draw it again by this number. */
const newSeed = () => Math.floor(Math.random() * 2 ** 31)

/** Choose how bad a batch may be and how sure one wants to be; the plan follows from it. */
export function PlanForm({ dataset, filter, onFilter }: { dataset: string; filter: string; onFilter: (filter: string) => void }) {
  const router = useRouter()
  const reviewer = useReviewer()
  const { data: facets } = useFacets(dataset, filter)
  const kinds = (facets?.values.kind ?? []).map((one) => one.value).filter((kind) => kind !== 'alt')
  const [held, setHeld] = useState('')
  const [wanted, setKind] = useState('')
  const kind = kinds.includes(wanted) ? wanted : (kinds[0] ?? '')
  const [limit, setLimit] = useState<number | null>(5)
  const [confidence, setConfidence] = useState(95)
  const [allowed, setAllowed] = useState<number>(0)
  const asked = { filter, kind, limit: (limit ?? 0) / 100, risk: Number((1 - confidence / 100).toFixed(4)) }
  const ready = readFilter(filter).filter !== undefined && kind !== '' && asked.limit > 0
  const options = usePlanOptions(dataset, asked, ready)
  const fix = useFixPlan(dataset)
  const chosen = options[ALLOWED.indexOf(allowed as (typeof ALLOWED)[number])]
  const [first] = options
  return (
    <Panel title="A new batch">
      <div className="flex flex-col gap-3">
        <FilterBar dataset={dataset} filter={filter} onFilter={onFilter} onHeld={setHeld} />
        <div className="grid grid-cols-3 gap-3">
          <Field label="Kind"><Select value={kind} onChange={(event) => setKind(event.target.value)} options={kinds.map((value) => ({ value, label: value }))} className="w-full" /></Field>
          <NumberField label="At most bad, %" value={limit} onChange={setLimit} least={0.1} most={50} />
          <Field label="Confidence"><Select value={String(confidence)} onChange={(event) => setConfidence(Number(event.target.value))} options={CONFIDENCE.map((value) => ({ value: String(value), label: `${value} %` }))} className="w-full" /></Field>
        </div>
        {facets && kinds.length === 0 && <p className="measure text-soft">No caption here was written by a model or a person, so there is nothing to certify. Recaption first.</p>}
        {ready && (first.error ? <ErrorNote error={first.error} /> : !first.data ? <Skeleton className="h-40" /> : (
          <>
            <p><strong className="text-title font-semibold tabular-nums">{formatCount(first.data.lot)}</strong> <span className="text-soft">pending {kind} {first.data.lot === 1 ? 'caption' : 'captions'} in the batch</span></p>
            <fieldset>
              <legend className="text-soft">The plan: look at a random sample, certify when at most so many are bad</legend>
              <ul className="mt-1 divide-y divide-line">
                {options.map((option, i) => (
                  <li key={ALLOWED[i]}>
                    <label className="flex min-h-8 items-center gap-2 tabular-nums">
                      <input type="radio" name="plan" checked={allowed === ALLOWED[i]} onChange={() => setAllowed(ALLOWED[i])} disabled={!option.data || option.isError} className="accent-accent" />
                      <span className="w-32">{ALLOWED[i] === 0 ? 'none bad' : `at most ${ALLOWED[i]} bad`}</span>
                      <span className="flex-1 text-soft">{option.isError ? 'not possible for so small a batch' : option.data ? `look at ${formatCount(option.data.size)}` : '…'}</span>
                    </label>
                  </li>
                ))}
              </ul>
            </fieldset>
            {chosen.data && !chosen.isError && <Characteristic curve={chosen.data.curve} limit={asked.limit} risk={asked.risk} />}
            {fix.error && <ErrorNote error={fix.error} />}
            <div className="flex flex-wrap items-center gap-3">
              <Button look="primary" busy={fix.isPending} disabled={!chosen.data || chosen.isError || chosen.isFetching || held !== ''} onClick={() => fix.mutate({ ...asked, allowed, seed: newSeed(), reviewer }, { onSuccess: (plan) => router.push(datasetUrl(dataset, `/certify/${plan.id}`)) })}>
                {chosen.data ? `Fix the plan and look at ${counted(chosen.data.size, 'caption')}` : 'Fix the plan'}
              </Button>
              <HeldNote held={held} />
              <p className="text-faint">A fixed plan cannot be changed. At most {formatPercent(asked.risk * 100)} of batches with {formatPercent(asked.limit * 100)} bad pass.</p>
            </div>
          </>
        ))}
      </div>
    </Panel>
  )
}
