'use client'

import { useState } from 'react'
import { MODES, type BlendSpec } from '@/lib/blend/schema'
import { Standing } from '@/lib/caption/schema'
import { readFilter } from '../dataset/terms'
import { Button } from '../ui/button'
import { Field, Input, Select } from '../ui/input'
import type { Change } from './use-blend'
import { withWeight } from './weights'

const MODE: Record<(typeof MODES)[number], { label: string; says: string }> = {
  materialised: { label: 'One caption each, by the seed', says: 'Every sample draws its own lot: the share comes out nearly as asked, and raising it never turns a sample back.' },
  quota: { label: 'Exact quota', says: 'The samples with the smallest lots are synthetic, exactly the share of all.' },
  weighted: { label: 'All candidates, weighted', says: 'Every candidate is passed on with its probability, for trainers that draw anew each epoch.' },
}

/** What decides which caption a sample gets, besides p. */
export function SpecForm({ spec, change, kinds }: { spec: BlendSpec; change: Change; kinds: readonly string[] }) {
  return (
    <div className="flex flex-col gap-4">
      {kinds.length > 0 && <Weights spec={spec} change={change} kinds={kinds} />}
      <FilterField key={spec.filter} filter={spec.filter} onFilter={(filter) => change({ filter })} />
      <Field label="Mode" hint={MODE[spec.mode].says}><Select value={spec.mode} onChange={(event) => change({ mode: MODES.find((mode) => mode === event.target.value) })} options={MODES.map((mode) => ({ value: mode, label: MODE[mode].label }))} /></Field>
      <fieldset className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <legend className="mb-1 text-soft">Standings that may speak</legend>
        {Standing.options.map((standing) => {
          const on = spec.standings.includes(standing)
          const last = on && spec.standings.length === 1
          return <Check key={standing} label={standing} checked={on} disabled={last} onChange={() => change({ standings: on ? spec.standings.filter((one) => one !== standing) : [...spec.standings, standing] })} />
        })}
      </fieldset>
      <div className="flex flex-col gap-1">
        <Check label="Fall back to the other side where one is missing" checked={spec.fallback} onChange={() => change({ fallback: !spec.fallback })} />
        <Check label="Also captions in which nothing was recognised" checked={spec.includeNothingRecognised} onChange={() => change({ includeNothingRecognised: !spec.includeNothingRecognised })} />
      </div>
      <Field label="Seed" hint="The same seed gives every sample the same lot."><Input type="number" step={1} value={spec.seed} onChange={(event) => Number.isSafeInteger(event.target.valueAsNumber) && change({ seed: event.target.valueAsNumber })} className="max-w-40" /></Field>
    </div>
  )
}

export const Check = ({ label, checked, disabled, onChange }: { label: string; checked: boolean; disabled?: boolean; onChange: () => void }) => (
  <label className="flex min-h-7 items-center gap-2">
    <input type="checkbox" checked={checked} disabled={disabled} onChange={onChange} className="size-4 shrink-0 accent-[var(--color-accent)]" />
    {label}
  </label>
)

function Weights({ spec, change, kinds }: { spec: BlendSpec; change: Change; kinds: readonly string[] }) {
  const weightOf = (kind: string) => (Object.keys(spec.weights).length === 0 ? 1 : (spec.weights[kind] ?? 0))
  return (
    <fieldset>
      <legend className="mb-1 text-soft">Weights between synthetic kinds</legend>
      <div className="flex flex-wrap gap-x-4 gap-y-2">
        {kinds.map((kind) => (
          <label key={kind} className="flex items-center gap-2">
            <bdi>{kind}</bdi>
            <span className="w-20"><Input type="number" min={0} step="any" aria-label={`Weight of ${kind}`} value={weightOf(kind)} onChange={(event) => event.target.valueAsNumber >= 0 && change({ weights: withWeight(spec.weights, kinds, kind, event.target.valueAsNumber) })} /></span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}

/** A filter takes effect when it is whole: on Enter, or when the field is left. */
function FilterField({ filter, onFilter }: { filter: string; onFilter: (filter: string) => void }) {
  const [text, setText] = useState(filter)
  const read = readFilter(text)
  const why = 'why' in read ? read.why : undefined
  const use = () => {
    if (why === undefined && text !== filter) onFilter(text)
  }
  return (
    <form className="flex items-end gap-2" onSubmit={(event) => { event.preventDefault(); use() }}>
      <div className="min-w-0 flex-1"><Field label="Only samples that match" error={why}><Input data-filter type="search" value={text} placeholder="all samples" aria-invalid={why !== undefined} onChange={(event) => setText(event.target.value)} onBlur={use} /></Field></div>
      {text !== filter && why === undefined && <Button type="submit">Apply</Button>}
    </form>
  )
}
