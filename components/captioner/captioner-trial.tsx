'use client'

import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Cuts } from '@/lib/caption/limits'
import type { CaptionerListing } from '@/lib/captioner/cards'
import type { Accepted } from '@/lib/recipe/types'
import { ask, post, samplesQuery, type SamplePage } from '../api'
import { CaptionText } from '../caption/caption-text'
import { useDatasets } from '../queries'
import { useRecipes } from '../recaption/queries'
import { formatDuration, formatMoney } from '../recaption/words'
import { Picture } from '../sample/picture'
import { Button } from '../ui/button'
import { Field, Select } from '../ui/input'
import { ErrorNote } from '../ui/notes'
import { formatCount } from '../ui/numbers'

type Trial = { answer: string; finish: string; ms: number; model: string; cost: number | null; usage?: { inputTokens: number; outputTokens: number }; accepted: Accepted; /** where encoders stop reading the accepted text */ cuts: Cuts }

/** Pictures to choose from for a trial. */
const OFFERED = 12

/** One picture, one call: the answer, what the recipe makes of it, time and cost. Nothing is kept. */
export function CaptionerTrial({ captioner, dataset }: { captioner: CaptionerListing; dataset: string | null }) {
  const { data: datasets } = useDatasets()
  const { data: recipes } = useRecipes()
  const [picked, setPicked] = useState<string | null>(null)
  const [chosen, setChosen] = useState<string | null>(null)
  const [recipe, setRecipe] = useState('short')
  const from = picked ?? dataset ?? datasets?.[0]?.name ?? null
  const samples = useQuery({ queryKey: ['trial samples', from], enabled: from !== null, queryFn: ({ signal }) => ask<SamplePage>(samplesQuery(from ?? '', { filter: '', sort: 'imported', limit: OFFERED }), { signal }).then((page) => page.samples.filter((sample) => sample.mediaId !== null)) })
  const sample = samples.data?.find((one) => one.key === chosen) ?? samples.data?.[0]
  const trial = useMutation({ mutationFn: () => post<Trial>(`/api/v1/captioners/${encodeURIComponent(captioner.id)}/trials`, { dataset: from, sample: sample?.key, recipe }) })
  const served = (recipes ?? []).filter(({ id }) => !captioner.recipes || captioner.recipes.includes(id))
  if (datasets?.length === 0) return <p className="mt-3 text-soft">A test needs a picture. Import a dataset first.</p>
  return (
    <section aria-label={`Test ${captioner.label}`} className="mt-3 flex flex-col gap-3 rounded-medium border border-line bg-sunken p-3">
      <div className="flex flex-wrap items-end gap-3">
        <Field label="Dataset"><Select value={from ?? ''} onChange={(event) => setPicked(event.target.value)} options={(datasets ?? []).map(({ name }) => ({ value: name, label: name }))} className="max-w-48" /></Field>
        <Field label="Picture"><Select value={sample?.key ?? ''} onChange={(event) => setChosen(event.target.value)} options={(samples.data ?? []).map(({ key }) => ({ value: key, label: key }))} className="max-w-48" /></Field>
        <Field label="Recipe"><Select value={recipe} onChange={(event) => setRecipe(event.target.value)} options={served.map(({ id, label }) => ({ value: id, label }))} /></Field>
        <Button look="primary" busy={trial.isPending} disabled={!sample} onClick={() => trial.mutate()}>{trial.isPending ? 'Asking' : 'Ask once'}</Button>
      </div>
      <div className="flex gap-3">
        {sample && <div className="size-32 shrink-0 bg-page"><Picture key={sample.key} sample={sample} /></div>}
        <div role="status" className="flex min-w-0 flex-1 flex-col gap-2">
          {samples.error && <ErrorNote error={samples.error} />}
          {trial.error && <ErrorNote error={trial.error} />}
          {trial.data && !trial.error && <Result trial={trial.data} free={!captioner.endpoint} />}
        </div>
      </div>
    </section>
  )
}

function Result({ trial: { answer, accepted, cuts, ms, model, cost, usage, finish }, free }: { trial: Trial; free: boolean }) {
  const facts = [model, formatDuration(ms / 1000), ...(usage ? [`${formatCount(usage.inputTokens)} tokens in, ${formatCount(usage.outputTokens)} out`] : []), free ? 'costs nothing' : cost === null ? 'price not known' : formatMoney(cost), ...(finish === 'stop' ? [] : [`ended by ${finish}`])]
  return (
    <>
      {accepted.ok ? <CaptionText text={accepted.text} cuts={cuts} /> : <p className="measure text-rejected">The recipe does not take this answer: {accepted.why}</p>}
      {(!accepted.ok || accepted.text !== answer) && (
        <details>
          <summary className="text-soft">The answer as it came</summary>
          <pre className="mt-1 max-h-48 overflow-y-auto font-sans [overflow-wrap:anywhere] whitespace-pre-wrap">{answer}</pre>
        </details>
      )}
      <p className="flex flex-wrap gap-x-3 text-faint tabular-nums">{facts.map((fact) => <span key={fact}>{fact}</span>)}</p>
    </>
  )
}
