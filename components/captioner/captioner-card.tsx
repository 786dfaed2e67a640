'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { KeyRound } from 'lucide-react'
import { useState } from 'react'
import type { CaptionerListing } from '@/lib/captioner/cards'
import { PRESETS } from '@/lib/captioner/endpoint'
import { ask } from '../api'
import { useModels } from '../recaption/queries'
import { Badge } from '../ui/badge'
import { Button } from '../ui/button'
import { ErrorNote } from '../ui/notes'
import { CaptionerTrial } from './captioner-trial'

type Props = { captioner: CaptionerListing; dataset: string | null; onChange: () => void }

/** A captioner with what is set up about it, and a way to try it. */
export function CaptionerCardView({ captioner, dataset, onChange }: Props) {
  const { id, label, recipes, endpoint } = captioner
  const client = useQueryClient()
  const [trying, setTrying] = useState(false)
  const remove = useMutation({
    mutationFn: (what: '' | '/key') => ask(`/api/v1/captioners/${encodeURIComponent(id)}${what}`, { method: 'DELETE' }),
    onSettled: () => client.invalidateQueries({ queryKey: ['captioners'] }),
  })
  return (
    <article aria-label={label} className="border-t border-line px-4 py-3">
      <header className="flex flex-wrap items-center gap-2">
        <h2 className="font-semibold [overflow-wrap:anywhere]">{label}</h2>
        <code className="font-mono text-[12px] text-faint">{id}</code>
        {endpoint && <KeyState endpoint={endpoint} />}
        <span className="flex-1" />
        <span className="flex flex-wrap gap-2">
          <Button size="small" aria-expanded={trying} onClick={() => setTrying(!trying)}>Test this captioner</Button>
          {endpoint && <Button size="small" disabled={endpoint.fromEnvironment} title={endpoint.fromEnvironment ? 'Set by OPENAI_BASE_URL and OPENAI_API_KEY.' : undefined} onClick={onChange}>Change</Button>}
          {endpoint?.hasKey && !endpoint.fromEnvironment && <Button size="small" busy={remove.isPending} onClick={() => remove.mutate('/key')}>Forget the key</Button>}
          {endpoint && id !== 'openai' && <Button size="small" look="danger" busy={remove.isPending} onClick={() => remove.mutate('')}>Remove</Button>}
        </span>
      </header>
      <p className="text-soft [overflow-wrap:anywhere]">{endpoint ? endpoint.baseUrl : id === 'builtin' ? 'Detectors and a reader of text on this machine. No key, no network.' : 'ONNX models in the folder “models” below the data folder, through transformers.js.'}</p>
      {endpoint ? <Facts endpoint={endpoint} /> : recipes && <p className="text-faint">Serves the recipes {recipes.join(' and ')}.</p>}
      {id === 'florence' && <LocalModels />}
      {remove.error && <ErrorNote error={remove.error} className="mt-2" />}
      {trying && <CaptionerTrial captioner={captioner} dataset={dataset} />}
    </article>
  )
}

type Endpoint = NonNullable<CaptionerListing['endpoint']>

function KeyState({ endpoint }: { endpoint: Endpoint }) {
  if (endpoint.hasKey) return <Badge tone="text-approved bg-approved-tint" icon={<KeyRound size={12} />}>{endpoint.fromEnvironment ? 'key of the environment' : 'key is set'}</Badge>
  return PRESETS[endpoint.preset].needsKey ? <Badge tone="text-flag bg-flag-tint" icon={<KeyRound size={12} />}>no key yet</Badge> : <Badge>no key needed</Badge>
}

const dollars = (price: number | null) => (price === null ? 'not known' : `$${price}`)

function Facts({ endpoint }: { endpoint: Endpoint }) {
  const { model, params, inputPrice, outputPrice, concurrency, perMinute } = endpoint
  const price = inputPrice === null && outputPrice === null ? 'price not known' : `${dollars(inputPrice)} in, ${dollars(outputPrice)} out a million tokens`
  const facts = [model || 'first model offered', price, `${concurrency} at a time`, ...(perMinute ? [`${perMinute} a minute`] : []), `pictures at most ${params.longestSide ?? 1024} px`, ...(PRESETS[endpoint.preset].batch ? ['takes batches'] : [])]
  return <p className="flex flex-wrap gap-x-3 text-faint tabular-nums">{facts.map((fact) => <span key={fact} className="[overflow-wrap:anywhere]">{fact}</span>)}</p>
}

function LocalModels() {
  const { data, error } = useModels('florence')
  if (error) return <ErrorNote error={error} />
  if (!data) return null
  if (data.length === 0) return <p className="measure text-soft">No local model is there yet. Put an ONNX export of Florence-2 into <code className="font-mono text-[12px]">models/&lt;owner&gt;/&lt;name&gt;</code>, with its config, its tokenizer and its folder <code className="font-mono text-[12px]">onnx</code>, or have one fetched: <code className="font-mono text-[12px] [overflow-wrap:anywhere]">recaption models get onnx-community/Florence-2-base-ft</code></p>
  return <ul aria-label="Local models" className="list-disc pl-5">{data.map((model) => <li key={model}>{model}</li>)}</ul>
}
