'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ask, post, samplesQuery, type SamplePage } from '../api'
import { WordDiff } from '../caption/word-diff-view'
import { useDatasets } from '../queries'
import { useRecipe } from '../recaption/queries'
import { actor } from '../recaption/actor'
import { Button } from '../ui/button'
import { Field, Select } from '../ui/input'
import { ErrorNote } from '../ui/notes'
import { counted } from '../ui/numbers'
import { editsOf, type EditPair } from './edits'

/** Samples that are looked through for edits, newest first. */
const LOOKED_AT = 200

/** The examples of a recipe, and the edits that could be ones. */
export function RecipeExamples({ recipe, dataset }: { recipe: string; dataset: string | null }) {
  const client = useQueryClient()
  const { data: view } = useRecipe(recipe)
  const { data: datasets } = useDatasets()
  const [picked, setPicked] = useState<string | null>(null)
  const from = picked ?? dataset ?? datasets?.[0]?.name ?? null
  const edits = useQuery({ queryKey: ['edits', from], enabled: from !== null, queryFn: ({ signal }) => ask<SamplePage>(samplesQuery(from ?? '', { filter: 'origin:human', sort: 'newest', limit: LOOKED_AT }), { signal }).then((page) => editsOf(page.samples)) })
  const change = useMutation({
    mutationFn: ({ caption, add }: { caption: number; add: boolean }) => {
      const path = `/api/v1/recipes/${encodeURIComponent(recipe)}/examples`
      return add ? post(path, { caption, author: actor() }) : ask(path, { method: 'DELETE', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ caption }) })
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['recipes', recipe] }),
  })
  const chosen = view?.examples ?? []
  const free = edits.data?.filter((edit) => !chosen.some((one) => one.captionId === edit.captionId))
  const list = (title: string, empty: string, all: readonly EditPair[] | undefined, add: boolean) => (
    <section aria-label={title}>
      <h3 className="font-semibold">{title}</h3>
      {all?.length === 0 && <p className="text-soft">{empty}</p>}
      <ul className="divide-y divide-line">
        {all?.map(({ captionId, before, after, cuts }) => (
          <li key={captionId} className="flex items-start gap-3 py-2">
            <div className="min-w-0 flex-1"><WordDiff before={{ text: before, cuts: cuts.before }} after={{ text: after, cuts: cuts.after }} /></div>
            <Button size="small" busy={change.isPending} onClick={() => change.mutate({ caption: captionId, add })}>{add ? 'Add' : 'Take out'}</Button>
          </li>
        ))}
      </ul>
    </section>
  )
  return (
    <div className="flex flex-col gap-4">
      {change.error && <ErrorNote error={change.error} />}
      {list(counted(chosen.length, 'example'), 'None yet: the model writes by the prompt alone.', view?.examples, false)}
      <Field label="Edits of the dataset"><Select value={from ?? ''} onChange={(event) => setPicked(event.target.value)} options={(datasets ?? []).map(({ name }) => ({ value: name, label: name }))} className="max-w-64" /></Field>
      {edits.error && <ErrorNote error={edits.error} />}
      {list('Edits that could be examples', 'Nobody has edited a model’s caption here yet. Edit at the review desk with E.', free, true)}
    </div>
  )
}
