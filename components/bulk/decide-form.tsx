'use client'

import Link from 'next/link'
import { useState } from 'react'
import { BULK_ACTS, type BulkAct } from '@/lib/review/bulk'
import { DROP_REASONS, REJECT_REASONS } from '@/lib/review/schema'
import { HeldNote } from '../dataset/held-note'
import { datasetUrl } from '../frame/places'
import { useReviewer } from '../people/reviewer'
import { Button } from '../ui/button'
import { Field, Input, Select } from '../ui/input'
import { ErrorNote } from '../ui/notes'
import { counted, formatCount } from '../ui/numbers'
import { Skeleton } from '../ui/skeleton'
import { toast } from '../ui/toast'
import { useApply, useBulkPreview, useTurn, type BulkAsked } from './queries'
import { Which } from './which'
import { ACTS, did } from './words'

type Props = { dataset: string; filter: string; readable: boolean; /** why it has to wait, or '' */ held: string; onApply: (expect: number | undefined) => void }

/** One decision for all that match, counted by the server before it is taken. */
export function DecideForm({ dataset, filter, readable, held, onApply }: Props) {
  const [act, setAct] = useState<BulkAct>('approve')
  const [kind, setKind] = useState('')
  const [model, setModel] = useState('')
  const [chosen, setChosen] = useState<readonly string[]>([])
  const [note, setNote] = useState('')
  const reviewer = useReviewer()
  const apply = useApply<BulkAsked>(dataset, 'bulk')
  const turn = useTurn()
  const captions = ACTS[act].of === 'caption'
  const reasons = act === 'reject' ? REJECT_REASONS : act === 'drop' ? DROP_REASONS : []
  const given = reasons.map((reason) => reason.id).filter((id) => chosen.includes(id))
  const asked: BulkAsked = { act, filter, reasons: given, note: note.trim(), ...(captions && kind ? { kinds: [kind] } : {}), ...(captions && model ? { model } : {}) }
  // Neither reasons nor the note change the count.
  const preview = useBulkPreview(dataset, { ...asked, reasons: [], note: '' }, readable)
  const count = preview.data?.count ?? 0
  const run = () => {
    onApply(count)
    apply.mutate({ ...asked, expect: count, reviewer }, {
      onSuccess: (batch) => toast(did(batch), { action: { label: 'Undo', onClick: () => turn.mutate({ id: batch.id, way: 'undo', reviewer }) } }),
      onSettled: () => onApply(undefined),
    })
  }
  return (
    <div className="flex flex-col gap-3">
      <Field label="Act" hint={ACTS[act].hint}>
        <Select value={act} onChange={(event) => setAct(event.target.value as BulkAct)} options={BULK_ACTS.map((value) => ({ value, label: ACTS[value].offer }))} />
      </Field>
      {captions && <Which dataset={dataset} filter={filter} kind={kind} model={model} onKind={setKind} onModel={setModel} />}
      {reasons.length > 0 && (
        <fieldset className="flex flex-wrap gap-x-4 gap-y-1">
          <legend className="mb-1 text-soft">Reasons</legend>
          {reasons.map((reason) => (
            <label key={reason.id} className="flex min-h-7 items-center gap-1.5">
              <input type="checkbox" checked={chosen.includes(reason.id)} onChange={(event) => setChosen(event.target.checked ? [...chosen, reason.id] : chosen.filter((one) => one !== reason.id))} className="accent-accent" />
              {reason.label}
            </label>
          ))}
        </fieldset>
      )}
      <Field label="Note"><Input value={note} onChange={(event) => setNote(event.target.value)} placeholder="stands in the history" maxLength={4000} /></Field>
      {preview.error ? <ErrorNote error={preview.error} retry={() => void preview.refetch()} /> : !preview.data ? <Skeleton className="h-20" /> : (
        <div aria-busy={preview.isFetching} aria-live="polite" className="tabular-nums">
          <p><strong className="text-title font-semibold">{formatCount(count)}</strong> <span className="text-soft">{ACTS[act].of === 'caption' ? (count === 1 ? 'caption' : 'captions') : count === 1 ? 'sample' : 'samples'}, of {counted(preview.data.samples, 'sample')} that match</span></p>
          {captions && (
            <ul aria-label="Left as they are" className="text-soft">
              <li>{formatCount(preview.data.human)} by people left alone</li>
              {act === 'approve' && <li>{formatCount(preview.data.quarantined)} quarantined left out: a person has to look first</li>}
            </ul>
          )}
        </div>
      )}
      {apply.error && <ErrorNote error={apply.error} />}
      <div className="flex flex-wrap items-center gap-3">
        <Button look={act === 'drop' || act === 'reject' ? 'danger' : 'primary'} disabled={!preview.data || count === 0 || preview.isFetching || !readable || held !== ''} busy={apply.isPending} onClick={run}>
          {ACTS[act].button}{preview.data ? ` ${counted(count, ACTS[act].of)}` : ''}
        </Button>
        <Link className="link" href={datasetUrl(dataset, '/recaption', { filter })}>Recaption all that match</Link>
        <HeldNote held={held} />
      </div>
    </div>
  )
}
