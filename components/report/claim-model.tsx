'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { CaptionerListing } from '@/lib/captioner/cards'
import type { ClaimPlan } from '@/lib/claim/ask-run'
import type { ClaimModel as Chosen } from '@/lib/dataset/schema'
import { ask, datasetPath, post } from '../api'
import { Button } from '../ui/button'
import { Input, Select } from '../ui/input'
import { ErrorNote } from '../ui/notes'
import { Panel } from '../ui/panel'
import { toast } from '../ui/toast'

type State = { chosen: Chosen | null; plan: ClaimPlan | null }
const LOOK_AGAIN_MS = 5000
const STEP = { claims: 'Captions split into claims', verify: 'Captions answered against the picture' } as const

/** A model that splits captions into claims and answers each against the picture: chosen, priced, then asked. */
export function ClaimModel({ dataset }: { dataset: string }) {
  const client = useQueryClient()
  const key = ['claim-model', dataset]
  const path = `${datasetPath(dataset)}/claim-model`
  const state = useQuery({ queryKey: key, queryFn: ({ signal }) => ask<State>(path, { signal }), refetchInterval: LOOK_AGAIN_MS, retry: false })
  const cards = useQuery({ queryKey: ['captioners'], queryFn: ({ signal }) => ask<{ captioners: CaptionerListing[] }>('/api/v1/captioners', { signal }) })
  const choose = useMutation({
    mutationFn: (chosen: Partial<Chosen>) => ask<State>(path, { method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify(chosen) }),
    onSuccess: (answer) => client.setQueryData(key, answer),
  })
  const start = useMutation({ mutationFn: () => post<unknown>(path, {}), onSuccess: () => toast('The model is being asked'), onError: (error) => toast(error.message) })
  const plan = state.data?.plan
  const left = (plan?.steps.claims?.left ?? 0) + (plan?.steps.verify?.left ?? 0)
  return (
    <Panel title="Claims by a model">
      <p className="measure mb-2 text-soft">Captions are split and checked by rules and detectors, offline. A vision model can do both as well: it answers yes, no or unsure for every claim and says what it sees. Pictures and captions then go to its endpoint. No count rests on a model alone.</p>
      {(choose.error ?? state.error) && <ErrorNote error={choose.error ?? state.error} className="mb-2" />}
      <Choice key={JSON.stringify(state.data?.chosen)} chosen={state.data?.chosen ?? null} captioners={(cards.data?.captioners ?? []).filter((one) => !one.recipes && one.endpoint)} busy={choose.isPending} onChoose={(chosen) => choose.mutate(chosen)} />
      {plan && (
        <div className="mt-3 flex flex-wrap items-end gap-x-6 gap-y-2">
          <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-0.5 tabular-nums">
            {(['claims', 'verify'] as const).map((step) => {
              const one = plan.steps[step]
              return one && <div key={step} className="contents"><dt className="text-soft">{STEP[step]}</dt><dd>{one.done.toLocaleString('en')} done, {one.left.toLocaleString('en')} to ask{one.failed > 0 && `, ${one.failed.toLocaleString('en')} failed`}</dd></div>
            })}
            {plan.price !== null && <><dt className="text-soft">Price of what is left, about</dt><dd>{plan.price.toFixed(4)}; {plan.spent.toFixed(4)} spent{plan.budget !== null && ` of ${plan.budget}`}</dd></>}
            {plan.lastError && <><dt className="text-soft">Latest failure</dt><dd className="break-words"><bdi>{plan.lastError}</bdi></dd></>}
          </dl>
          <Button look="primary" busy={start.isPending} disabled={left === 0} onClick={() => start.mutate()}>{`Ask ${plan.model}`}</Button>
        </div>
      )}
    </Panel>
  )
}

type ChoiceProps = { chosen: Chosen | null; captioners: readonly CaptionerListing[]; busy: boolean; onChoose: (chosen: Partial<Chosen>) => void }

function Choice({ chosen, captioners, busy, onChoose }: ChoiceProps) {
  const [form, setForm] = useState({ captioner: chosen?.captioner ?? 'openai', model: chosen?.model ?? '', input: String(chosen?.price?.input ?? ''), output: String(chosen?.price?.output ?? ''), budget: String(chosen?.budget ?? '') })
  const set = (name: keyof typeof form) => (event: { target: { value: string } }) => setForm({ ...form, [name]: event.target.value })
  const amount = (text: string) => (text.trim() === '' ? null : Number(text))
  const [input, output] = [amount(form.input), amount(form.output)]
  return (
    <form
      className="flex flex-wrap items-end gap-3"
      onSubmit={(event) => {
        event.preventDefault()
        onChoose({ captioner: form.captioner, model: form.model, price: input === null && output === null ? null : { input: input ?? 0, output: output ?? 0 }, budget: amount(form.budget) })
      }}
    >
      <label className="grid gap-1 text-soft">Endpoint
        <Select value={form.captioner} onChange={set('captioner')} options={captioners.map((one) => ({ value: one.id, label: one.label }))} />
      </label>
      <label className="grid gap-1 text-soft">Model<Input value={form.model} onChange={set('model')} placeholder="the endpoint’s own" /></label>
      <label className="grid w-32 gap-1 text-soft">Price, input<Input value={form.input} onChange={set('input')} inputMode="decimal" placeholder="a million tokens" /></label>
      <label className="grid w-32 gap-1 text-soft">Price, output<Input value={form.output} onChange={set('output')} inputMode="decimal" placeholder="a million tokens" /></label>
      <label className="grid w-28 gap-1 text-soft">Budget<Input value={form.budget} onChange={set('budget')} inputMode="decimal" placeholder="none" /></label>
      <Button type="submit" busy={busy}>See what it would ask</Button>
    </form>
  )
}
