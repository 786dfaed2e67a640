'use client'

import Link from 'next/link'
import type { CaptionerListing } from '@/lib/captioner/cards'
import { PRESETS } from '@/lib/captioner/endpoint'
import { Field, Input, Select, TextArea } from '../ui/input'
import { ErrorNote } from '../ui/notes'
import { Panel } from '../ui/panel'
import { Skeleton } from '../ui/skeleton'
import { BetterBy } from './better-by'
import { NumberField } from './number-field'
import { useCaptioners, useModels, useRecipes } from './queries'
import { RecipePrompt } from './recipe-prompt'
import type { Fields } from './request'
import type { Change } from './use-request'
import { knownPrice } from './words'

type Props = { dataset: string; state: Fields; change: Change }

/** Where a call goes, in a few words. */
const where = ({ id, endpoint }: CaptionerListing): string =>
  endpoint ? `Pictures are sent to ${new URL(endpoint.baseUrl).origin}.${endpoint.hasKey || !PRESETS[endpoint.preset].needsKey ? '' : ' No key is set yet.'}` : id === 'builtin' ? 'Runs on this machine; nothing is sent anywhere, nothing costs.' : 'A model on this machine; nothing is sent anywhere.'

/** Second: who writes, by which recipe, with what parameters, at what pace and price. */
export function HowStep({ dataset, state, change }: Props) {
  const { data, error, refetch } = useCaptioners()
  const { data: recipes } = useRecipes()
  const captioner = data?.captioners.find((one) => one.id === state.captioner)
  const remote = captioner?.endpoint
  const setUp = `/captioners?${new URLSearchParams({ dataset })}`
  const options = (recipes ?? []).map(({ id, label, version, kind }) => {
    const served = !captioner?.recipes || captioner.recipes.includes(id)
    return { value: id, label: `${label} · v${version} · writes ${kind}${served ? '' : ' (not by this captioner)'}` }
  })
  return (
    <Panel title="2 · How" aside={<Link className="link" href={setUp}>Captioners and recipes</Link>}>
      {error && <ErrorNote error={error} retry={() => void refetch()} />}
      {!data && !error && <Skeleton className="h-48" />}
      {data && (
        <div className="flex flex-col gap-3">
          <Field label="Captioner" hint={captioner ? where(captioner) : undefined} error={captioner ? undefined : `No captioner is set up as “${state.captioner}”. Choose another.`}>
            <Select value={state.captioner} onChange={(event) => change({ captioner: event.target.value, model: null, batch: false })} options={[...(captioner ? [] : [{ value: state.captioner, label: state.captioner }]), ...data.captioners.map(({ id, label }) => ({ value: id, label }))]} />
          </Field>
          {captioner && captioner.id !== 'builtin' && <Model captioner={captioner} state={state} change={change} />}
          <Field label="Recipe"><Select value={state.recipe} onChange={(event) => change({ recipe: event.target.value })} options={options.some((one) => one.value === state.recipe) ? options : [{ value: state.recipe, label: state.recipe }, ...options]} /></Field>
          <RecipePrompt recipe={state.recipe} />
          {state.captioner !== 'builtin' && (
            <Field label="A wish for every sample" hint="Stands in the prompt beside the recipe."><TextArea rows={2} defaultValue={state.hint ?? ''} maxLength={2000} onBlur={(event) => change({ hint: event.target.value.trim() || null })} /></Field>
          )}
          {remote && <Money state={state} change={change} known={remote} />}
          {remote && PRESETS[remote.preset].batch && (
            <label className="flex items-start gap-2">
              <input type="checkbox" className="mt-1 accent-accent" checked={state.batch} onChange={(event) => change({ batch: event.target.checked })} />
              <span>By batches: half the price, answers within a day instead of at once</span>
            </label>
          )}
          <More state={state} change={change} local={!remote} />
        </div>
      )}
    </Panel>
  )
}

function Model({ captioner, state, change }: { captioner: CaptionerListing; state: Fields; change: Change }) {
  const { data, error } = useModels(captioner.id)
  const own = captioner.endpoint?.model
  return (
    <>
      <datalist id="models">{data?.map((model) => <option key={model} value={model} />)}</datalist>
      <Field label="Model" error={error ? error.message : undefined} hint={captioner.id === 'florence' && data?.length === 0 ? 'No local model is there yet: put an ONNX export of Florence-2 into models/<owner>/<name> below the data folder.' : data ? `${data.length === 1 ? '1 model is' : `${data.length} models are`} offered.` : undefined}>
        <Input list="models" defaultValue={state.model ?? ''} key={captioner.id} placeholder={own || data?.[0] || 'the first that is offered'} spellCheck={false} onBlur={(event) => change({ model: event.target.value.trim() || null })} onChange={(event) => data?.includes(event.target.value) && change({ model: event.target.value })} />
      </Field>
    </>
  )
}

function Money({ state, change, known }: { state: Fields; change: Change; known: NonNullable<CaptionerListing['endpoint']> }) {
  return (
    <fieldset className="grid grid-cols-3 gap-3 max-sm:grid-cols-1">
      <legend className="sr-only">Price and budget</legend>
      <NumberField label="$ per million tokens in" value={state.inputPrice} placeholder={knownPrice(known.inputPrice)} onChange={(inputPrice) => change({ inputPrice })} />
      <NumberField label="$ per million tokens out" value={state.outputPrice} placeholder={knownPrice(known.outputPrice)} onChange={(outputPrice) => change({ outputPrice })} />
      <NumberField label="Budget, $ at most" value={state.budget} least={0.000001} placeholder="no cap" onChange={(budget) => change({ budget })} />
    </fieldset>
  )
}

function More({ state, change, local }: { state: Fields; change: Change; local: boolean }) {
  return (
    <>
      <details>
        <summary className="text-soft">Parameters, pace and attempts</summary>
        <div className="mt-2 grid grid-cols-2 gap-3 sm:grid-cols-3">
          {!local && (
            <>
              <NumberField label="Temperature" most={2} value={state.temperature} placeholder="the model’s own" onChange={(temperature) => change({ temperature })} />
              <NumberField label="Tokens at most" whole least={1} most={100_000} value={state.maxTokens} placeholder="1000" onChange={(maxTokens) => change({ maxTokens })} />
              <NumberField label="Seed" whole value={state.seed} placeholder="none" onChange={(seed) => change({ seed })} />
              <NumberField label="Longest side, px" whole least={64} most={4096} value={state.longestSide} placeholder="1024" onChange={(longestSide) => change({ longestSide })} />
              <Field label="Detail"><Select value={state.detail ?? ''} onChange={(event) => change({ detail: (event.target.value || null) as Fields['detail'] })} options={['', 'low', 'high', 'auto'].map((value) => ({ value, label: value || 'not said' }))} /></Field>
              <NumberField label="Requests a minute" whole least={1} most={1_000_000} value={state.rpm} placeholder="no limit" onChange={(rpm) => change({ rpm })} />
              <NumberField label="Examples shown" whole most={20} value={state.examples} placeholder="8" onChange={(examples) => change({ examples })} />
            </>
          )}
          <NumberField label="Calls at a time" whole least={1} most={256} value={state.concurrency} placeholder="the captioner’s" onChange={(concurrency) => change({ concurrency })} />
          <NumberField label="Attempts a sample" whole least={1} most={20} value={state.attempts} placeholder="4" onChange={(attempts) => change({ attempts })} />
          <Field label="Kind written"><Input defaultValue={state.kind ?? ''} placeholder="the recipe’s own" spellCheck={false} onBlur={(event) => change({ kind: event.target.value.trim() || null })} /></Field>
        </div>
      </details>
      <BetterBy chosen={state.better ?? []} onChange={(better) => change({ better: better.length ? better : null })} />
      <label className="flex items-start gap-2">
        <input type="checkbox" className="mt-1 accent-accent" checked={state.another} onChange={(event) => change({ another: event.target.checked })} />
        <span>Ask for another caption, also where this recipe has written one</span>
      </label>
    </>
  )
}
