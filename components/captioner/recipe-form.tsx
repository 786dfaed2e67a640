'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { variablesOf } from '@/lib/recipe/custom'
import type { CustomRecipeRow } from '@/lib/recipe/schema'
import { post } from '../api'
import { actor } from '../recaption/actor'
import { NumberField } from '../recaption/number-field'
import { Button } from '../ui/button'
import { Field, Input, TextArea } from '../ui/input'
import { ErrorNote } from '../ui/notes'

const VARIABLES = [['alt', 'the alt text'], ['caption', 'the caption there is'], ['key', 'the sample’s key'], ['ocr', 'text read off the picture']] as const
const KNOWN = new Set<string>(VARIABLES.map(([name]) => name))

/** A person's own prompt with variables; each saving that changes something is a new version. */
export function RecipeForm({ before, onSaved }: { before?: CustomRecipeRow; onSaved: () => void }) {
  const client = useQueryClient()
  const area = useRef<HTMLTextAreaElement>(null)
  const [draft, setDraft] = useState({ name: before?.name ?? '', kind: before?.kind ?? 'short', prompt: before?.prompt ?? '', maxWords: before?.maxWords ?? 400 })
  const change = (part: Partial<typeof draft>) => setDraft({ ...draft, ...part })
  const save = useMutation({
    mutationFn: () => post('/api/v1/recipes', { ...draft, author: actor() }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['recipes'] })
      onSaved()
    },
  })
  const put = (name: string) => {
    const at = area.current?.selectionStart ?? draft.prompt.length
    change({ prompt: `${draft.prompt.slice(0, at)}{${name}}${draft.prompt.slice(at)}` })
    area.current?.focus()
  }
  const columns = variablesOf(draft.prompt).filter((name) => !KNOWN.has(name))
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate()
      }}
    >
      <Field label="Name" hint={before ? `Saved as a new version after ${before.version}.` : undefined}><Input required maxLength={60} readOnly={before !== undefined} value={draft.name} onChange={(event) => change({ name: event.target.value })} /></Field>
      <Field label="Kind of caption it writes" hint="short, detailed, or a word of your own"><Input required spellCheck={false} value={draft.kind} onChange={(event) => change({ kind: event.target.value })} /></Field>
      <Field label="Prompt" hint="The task in your words. Texts of the sample are put in as marked data, never as orders. {{ is a brace."><TextArea ref={area} required rows={10} maxLength={8000} value={draft.prompt} onChange={(event) => change({ prompt: event.target.value })} /></Field>
      <div role="group" aria-label="Variables" className="flex flex-wrap gap-2">{VARIABLES.map(([name, says]) => <Button key={name} size="small" title={says} onClick={() => put(name)}>{`{${name}}`}</Button>)}</div>
      {columns.length > 0 && <p className="text-faint">Source columns: {columns.join(', ')}. Where a sample lacks one, “(none)” stands in its place.</p>}
      <NumberField label="Words at most" whole least={1} most={2000} value={draft.maxWords} onChange={(maxWords) => change({ maxWords: maxWords ?? 400 })} />
      {save.error && <ErrorNote error={save.error} />}
      <Button type="submit" look="primary" busy={save.isPending} className="self-end">{before ? 'Save as a new version' : 'Save'}</Button>
    </form>
  )
}
