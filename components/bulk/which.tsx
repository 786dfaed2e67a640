'use client'

import { useFacets } from '../queries'
import { Field, Select } from '../ui/input'

/** Which captions of the samples: of one kind, of one model. An empty choice is all. */
export function Which({ dataset, filter, kind, model, onKind, onModel }: { dataset: string; filter: string; kind: string; model?: string; onKind: (kind: string) => void; onModel?: (model: string) => void }) {
  const { data } = useFacets(dataset, filter)
  const options = (all: string, values: readonly { value: string }[] = [], chosen = '') => [
    { value: '', label: all },
    ...[...new Set([...values.map((one) => one.value), ...(chosen ? [chosen] : [])])].map((value) => ({ value, label: value })),
  ]
  return (
    <div className="grid grid-cols-2 gap-3">
      <Field label="Kind"><Select value={kind} onChange={(event) => onKind(event.target.value)} options={options('all but alt', data?.values.kind, kind)} className="w-full" /></Field>
      {onModel && <Field label="Written by"><Select value={model} onChange={(event) => onModel(event.target.value)} options={options('any model', data?.values.model, model)} className="w-full" /></Field>}
    </div>
  )
}
