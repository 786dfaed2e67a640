'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { CaptionerListing } from '@/lib/captioner/cards'
import type { ClaimPlan } from '@/lib/claim/ask-run'
import type { ClaimModel as Chosen, ClaimModelAsked } from '@/lib/dataset/schema'
import { ask, datasetPath, post } from '../api'
import { NumberField } from '../recaption/number-field'
import { knownPrice } from '../recaption/words'
import { FieldWatch, useWhyWrong } from '../recaption/wrong-fields'
import { Button } from '../ui/button'
import { Field, Input, Select } from '../ui/input'
import { ErrorNote } from '../ui/notes'
import { Panel } from '../ui/panel'
import { toast } from '../ui/toast'

type State = { chosen: Chosen | null; plan: ClaimPlan | null }
const LOOK_AGAIN_MS = 5000
type Draft = { captioner: string; model: string; input: number | null; output: number | null; budget: number | null }
const draftOf = (chosen: Chosen | null | undefined): Draft => ({ captioner: chosen?.captioner ?? 'openai', model: chosen?.model ?? '', input: chosen?.price?.input ?? null, output: chosen?.price?.output ?? null, budget: chosen?.budget ?? null })
/** What was left empty is not sent: the captioner's own price, and no cap. */
const askedOf = ({ captioner, model, input, output, budget }: Draft): ClaimModelAsked => ({ captioner, model, price: { input: input ?? undefined, output: output ?? undefined }, budget: budget ?? undefined })
const STEP = { claims: 'Captions split into claims', verify: 'Captions answered against the picture' } as const

/** A model that splits captions into claims and answers each against the picture: chosen, priced, then asked. */
export function ClaimModel({ dataset }: { dataset: string }) {
  const client = useQueryClient()
  const key = ['claim-model', dataset]
  const path = `${datasetPath(dataset)}/claim-model`
  const state = useQuery({ queryKey: key, queryFn: ({ signal }) => ask<State>(path, { signal }), refetchInterval: LOOK_AGAIN_MS, retry: false })
  const cards = useQuery({ queryKey: ['captioners'], queryFn: ({ signal }) => ask<{ captioners: CaptionerListing[] }>('/api/v1/captioners', { signal }) })
  const [draft, setDraft] = useState<Draft | null>(null)
  const choose = useMutation({
    mutationFn: (chosen: Draft) => ask<State>(path, { method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify(askedOf(chosen)) }),
    onSuccess: (answer) => {
      client.setQueryData(key, answer)
      setDraft(null)
    },
  })
  const captioners = (cards.data?.captioners ?? []).filter((one) => !one.recipes && one.endpoint)
  const plan = state.data?.plan
  return (
    <Panel title="Claims by a model">
      <p className="measure mb-2 text-soft">Captions are split and checked by rules and detectors, offline. A vision model can do both as well: it answers yes, no or unsure for every claim and says what it sees. Pictures and captions then go to its endpoint. No count rests on a model alone.</p>
      {(choose.error ?? state.error) && <ErrorNote error={choose.error ?? state.error} className="mb-2" />}
      <FieldWatch>
        <Choice draft={draft ?? draftOf(state.data?.chosen)} captioners={captioners} busy={choose.isPending} onChange={setDraft} onChoose={choose.mutate} />
        {plan && <Plan path={path} plan={plan} changed={draft !== null} />}
      </FieldWatch>
    </Panel>
  )
}

type ChoiceProps = { draft: Draft; captioners: readonly CaptionerListing[]; busy: boolean; onChange: (draft: Draft) => void; onChoose: (draft: Draft) => void }

function Choice({ draft, captioners, busy, onChange, onChoose }: ChoiceProps) {
  const change = (part: Partial<Draft>) => onChange({ ...draft, ...part })
  const known = captioners.find((one) => one.id === draft.captioner)?.endpoint
  return (
    <form
      className="flex flex-wrap items-start gap-3"
      onSubmit={(event) => {
        event.preventDefault()
        onChoose(draft)
      }}
    >
      <Field label="Endpoint"><Select value={draft.captioner} onChange={(event) => change({ captioner: event.target.value })} options={captioners.map((one) => ({ value: one.id, label: one.label }))} /></Field>
      <Field label="Model"><Input value={draft.model} onChange={(event) => change({ model: event.target.value })} placeholder={known?.model || 'the first that is offered'} /></Field>
      <NumberField label="$ per million tokens in" value={draft.input} placeholder={knownPrice(known?.inputPrice)} onChange={(input) => change({ input })} />
      <NumberField label="$ per million tokens out" value={draft.output} placeholder={knownPrice(known?.outputPrice)} onChange={(output) => change({ output })} />
      <NumberField label="Budget, $ at most" value={draft.budget} placeholder="no cap" onChange={(budget) => change({ budget })} />
      <Button type="submit" busy={busy} className="mt-6">See what it would ask</Button>
    </form>
  )
}

/** What asking would do and cost, and the button that does it: only what was chosen as it stands there. */
function Plan({ path, plan, changed }: { path: string; plan: ClaimPlan; changed: boolean }) {
  const wrong = useWhyWrong()
  const start = useMutation({ mutationFn: () => post<unknown>(path, {}), onSuccess: () => toast('The model is being asked'), onError: (error) => toast(error.message) })
  const left = (plan.steps.claims?.left ?? 0) + (plan.steps.verify?.left ?? 0)
  const why = wrong ?? (changed ? 'This is of the choice before. See what it would ask now.' : undefined)
  return (
    <div className="mt-3 flex flex-wrap items-end gap-x-6 gap-y-2">
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-0.5 tabular-nums">
        {(['claims', 'verify'] as const).map((step) => {
          const one = plan.steps[step]
          return one && <div key={step} className="contents"><dt className="text-soft">{STEP[step]}</dt><dd>{one.done.toLocaleString('en')} done, {one.left.toLocaleString('en')} to ask{one.failed > 0 && `, ${one.failed.toLocaleString('en')} failed`}</dd></div>
        })}
        {plan.price !== null && <><dt className="text-soft">Price of what is left, about</dt><dd>{plan.price.toFixed(4)}; {plan.spent.toFixed(4)} spent{plan.budget !== null && ` of ${plan.budget}`}</dd></>}
        {plan.lastError && <><dt className="text-soft">Latest failure</dt><dd className="break-words"><bdi>{plan.lastError}</bdi></dd></>}
      </dl>
      <Button look="primary" busy={start.isPending} disabled={left === 0 || why !== undefined} aria-describedby="claims-why" onClick={() => start.mutate()}>{`Ask ${plan.model}`}</Button>
      <p id="claims-why" role="status" className="text-soft">{why}</p>
    </div>
  )
}
