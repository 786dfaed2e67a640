'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { CaptionerListing } from '@/lib/captioner/cards'
import { PRESETS, type PresetId } from '@/lib/captioner/endpoint'
import type { CaptionerCard } from '@/lib/captioner/schema'
import { post } from '../api'
import { NumberField } from '../recaption/number-field'
import { useCaptioners, useModels } from '../recaption/queries'
import { Button } from '../ui/button'
import { Field, Input, Select } from '../ui/input'
import { ErrorNote } from '../ui/notes'
import { captionerId, sameAddress } from './captioner-id'

type Draft = Omit<CaptionerCard, 'hasKey' | 'fromEnvironment'>
const fresh: Draft = { captioner: '', label: PRESETS.openai.label, preset: 'openai', baseUrl: PRESETS.openai.baseUrl, model: '', params: {}, inputPrice: null, outputPrice: null, concurrency: 8, perMinute: null, timeoutMs: 120_000 }

function draftOf({ captioner, label, preset, baseUrl, model, params, inputPrice, outputPrice, concurrency, perMinute, timeoutMs }: CaptionerCard): Draft {
  return { captioner, label, preset, baseUrl, model, params, inputPrice, outputPrice, concurrency, perMinute, timeoutMs }
}

/** `openai` is always in the list; until something is said about it, its place is free. */
const isSetUp = ({ id, endpoint }: CaptionerListing) => id !== 'openai' || Boolean(endpoint?.hasKey || endpoint?.fromEnvironment || endpoint?.preset !== 'openai')

/** Sets an endpoint up. Its key is typed once; afterwards only that there is one is ever said. */
export function CaptionerForm({ before, onSaved }: { before?: CaptionerCard; onSaved: () => void }) {
  const client = useQueryClient()
  const [draft, setDraft] = useState<Draft>(before ? draftOf(before) : fresh)
  const [key, setKey] = useState('')
  const { data: all } = useCaptioners()
  const { data: models } = useModels(before?.captioner ?? '', before !== undefined)
  const change = (part: Partial<Draft>) => setDraft({ ...draft, ...part })
  const taken = (all?.captioners ?? []).filter(isSetUp).map((one) => one.id)
  const id = before?.captioner ?? captionerId(draft.label, taken)
  const save = useMutation({
    mutationFn: () => post('/api/v1/captioners', { ...draft, captioner: id, ...(key ? { key } : {}) }),
    onSuccess: async () => {
      setKey('')
      await client.invalidateQueries({ queryKey: ['captioners'] })
      await client.invalidateQueries({ queryKey: ['models'] })
      onSaved()
    },
  })
  const erases = before?.hasKey && !sameAddress(before.baseUrl, draft.baseUrl)
  const preset = (next: PresetId) => change({ preset: next, baseUrl: PRESETS[next].baseUrl || draft.baseUrl, ...(before ? {} : { label: PRESETS[next].label }) })
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate()
      }}
    >
      <Field label="Kind of server"><Select value={draft.preset} onChange={(event) => preset(event.target.value as PresetId)} options={Object.entries(PRESETS).map(([value, { label }]) => ({ value, label }))} /></Field>
      <Field label="Name" hint={`Known as ${id}.`}><Input value={draft.label} maxLength={60} required onChange={(event) => change({ label: event.target.value })} /></Field>
      <Field label="Base URL" hint={erases ? undefined : 'Ends where its API begins, often in /v1.'} error={erases ? 'The key is bound to its address: saving another one erases it.' : undefined}><Input type="url" required value={draft.baseUrl} spellCheck={false} placeholder="http://127.0.0.1:8000/v1" onChange={(event) => change({ baseUrl: event.target.value })} /></Field>
      <Field label="Key" hint={before?.hasKey && !erases ? 'A key is set. Type another to replace it.' : 'Kept encrypted beside the database, never shown again, sent only to this address. Leave it empty where none is needed.'}><Input type="password" autoComplete="off" value={key} onChange={(event) => setKey(event.target.value)} /></Field>
      <datalist id="endpoint-models">{models?.map((model) => <option key={model} value={model} />)}</datalist>
      <Field label="Model" hint={models ? `${models.length} offered.` : 'The first that is offered when left empty.'}><Input value={draft.model} list="endpoint-models" spellCheck={false} onChange={(event) => change({ model: event.target.value })} /></Field>
      <div className="grid grid-cols-2 gap-3">
        <NumberField label="$ per million tokens in" most={10_000} value={draft.inputPrice} placeholder="not known" onChange={(inputPrice) => change({ inputPrice })} />
        <NumberField label="$ per million tokens out" most={10_000} value={draft.outputPrice} placeholder="not known" onChange={(outputPrice) => change({ outputPrice })} />
        <NumberField label="Calls at a time" hint="Of each worker." whole least={1} most={256} value={draft.concurrency} onChange={(concurrency) => change({ concurrency: concurrency ?? 8 })} />
        <NumberField label="Requests a minute" hint="Of all workers together." whole least={1} most={100_000} value={draft.perMinute} placeholder="no limit" onChange={(perMinute) => change({ perMinute })} />
        <NumberField label="Longest side, px" whole least={64} most={4096} value={draft.params.longestSide ?? null} placeholder="1024" onChange={(longestSide) => change({ params: { ...draft.params, longestSide: longestSide ?? undefined } })} />
        <NumberField label="Tokens at most" whole least={1} most={100_000} value={draft.params.maxTokens ?? null} placeholder="1000" onChange={(maxTokens) => change({ params: { ...draft.params, maxTokens: maxTokens ?? undefined } })} />
        <NumberField label="Seconds to wait" least={1} most={600} value={draft.timeoutMs / 1000} onChange={(seconds) => change({ timeoutMs: Math.round((seconds ?? 120) * 1000) })} />
      </div>
      {save.error && <ErrorNote error={save.error} />}
      <Button type="submit" look="primary" busy={save.isPending} className="self-end">Save</Button>
    </form>
  )
}
