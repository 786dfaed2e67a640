'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { messageOf } from '@/lib/errors'
import { ask, datasetPath, post } from '../api'
import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'
import { Field, Select, TextArea } from '../ui/input'
import { ErrorNote } from '../ui/notes'
import { toast } from '../ui/toast'
import { isRunOver, toldOf, type RunState } from './recaption-told'

type Recipe = { id: string; label: string; kind: string; custom: boolean }
type Captioner = { id: string; label: string; recipes?: readonly string[] }
const POLL_MS = 1000
const MOST_POLLS = 300

/** Watches a run of one sample to its end, or for five minutes. */
async function watch(run: number): Promise<RunState> {
  for (let i = 0; ; i++) {
    const state = await ask<RunState>(`/api/v1/runs/${run}`)
    if (isRunOver(state) || i >= MOST_POLLS) return state
    await new Promise((wake) => setTimeout(wake, POLL_MS))
  }
}

type Props = { open: boolean; onOpenChange: (open: boolean) => void; dataset: string; sampleKey: string; kind: string; author: string; onWritten: (key: string) => void }

/** Asks for another caption of this one sample, with a wish. The desk goes on while it is written. */
export function RecaptionDialog({ open, onOpenChange, dataset, sampleKey, kind, author, onWritten }: Props) {
  const recipes = useQuery({ queryKey: ['recipes'], enabled: open, queryFn: () => ask<{ recipes: Recipe[] }>('/api/v1/recipes').then((answer) => answer.recipes) })
  const captioners = useQuery({ queryKey: ['captioners'], enabled: open, queryFn: () => ask<{ captioners: Captioner[] }>('/api/v1/captioners').then((answer) => answer.captioners) })
  const [hint, setHint] = useState('')
  const [captioner, setCaptioner] = useState('builtin')
  const [chosen, setChosen] = useState<string | null>(null)
  const [error, setError] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const writes = captioners.data?.find((one) => one.id === captioner)?.recipes
  const offered = (recipes.data ?? []).filter((one) => !writes || writes.includes(one.id))
  const recipe = offered.find((one) => one.id === chosen) ?? offered.find((one) => one.kind === kind) ?? offered[0]

  const unread = recipes.error ?? captioners.error
  const start = async () => {
    if (!recipe || busy) return
    setBusy(true)
    setError(null)
    try {
      const { run } = await post<{ run: number }>(`${datasetPath(dataset)}/runs`, { recipe: recipe.id, captioner, keys: [sampleKey], another: true, expect: 1, author, ...(hint.trim() ? { hint: hint.trim() } : {}) })
      onOpenChange(false)
      toast(`Another ${recipe.kind} caption is being written for ${sampleKey}.`)
      void watch(run).then(
        (state) => {
          onWritten(sampleKey)
          toast(toldOf(state, { run, kind: recipe.kind, key: sampleKey }))
        },
        (cause: unknown) => toast(messageOf(cause)),
      )
    } catch (cause) {
      setError(cause)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Dialog
      open={open} onOpenChange={onOpenChange} title="Recaption this one" description={sampleKey}
      footer={<><Button onClick={() => onOpenChange(false)}>Cancel</Button><Button look="primary" busy={busy} disabled={!recipe} onClick={() => void start()}>Recaption 1 sample</Button></>}
    >
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          void start()
        }}
      >
        <Field label="What should be different? (optional)" hint="Given to the captioner; the built-in describer cannot read it.">
          <TextArea
            autoFocus rows={3} maxLength={2000} value={hint} onChange={(event) => setHint(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.repeat) void start()
            }}
          />
        </Field>
        <Field label="Captioner"><Select value={captioner} onChange={(event) => setCaptioner(event.target.value)} options={(captioners.data ?? [{ id: 'builtin', label: 'Built-in describer' }]).map(({ id, label }) => ({ value: id, label }))} /></Field>
        <Field label="Recipe"><Select value={recipe?.id ?? ''} onChange={(event) => setChosen(event.target.value)} options={offered.map(({ id, label, kind: of }) => ({ value: id, label: `${label} (${of})` }))} /></Field>
        {unread && <ErrorNote error={unread} retry={() => void Promise.all([recipes.refetch(), captioners.refetch()])} />}
        {error !== null && <ErrorNote error={error} />}
      </form>
    </Dialog>
  )
}
