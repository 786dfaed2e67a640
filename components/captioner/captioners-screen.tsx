'use client'

import { ArrowLeft, Plus } from 'lucide-react'
import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs'
import { useState } from 'react'
import type { CaptionerListing } from '@/lib/captioner/cards'
import { useActs } from '../frame/keys'
import { datasetUrl } from '../frame/places'
import { useCaptioners } from '../recaption/queries'
import { Button, LinkButton } from '../ui/button'
import { Dialog } from '../ui/dialog'
import { ErrorNote } from '../ui/notes'
import { Skeleton } from '../ui/skeleton'
import { Tabs } from '../ui/tabs'
import { CaptionerCardView } from './captioner-card'
import { CaptionerForm } from './captioner-form'
import { RecipesPanel } from './recipes-panel'

/** Who writes captions, and how they are asked. */
export function CaptionersScreen() {
  const [{ tab, dataset }, setState] = useQueryStates({ tab: parseAsStringLiteral(['captioners', 'recipes']).withDefault('captioners'), dataset: parseAsString })
  return (
    <div className="mx-auto max-w-4xl pb-12">
      <header className="flex flex-wrap items-center gap-2 px-4 pt-6 pb-2">
        {dataset && <LinkButton look="quiet" size="small" href={datasetUrl(dataset, '/recaption')} aria-label={`Back to ${dataset}`}><ArrowLeft size={16} aria-hidden /></LinkButton>}
        <h1 className="text-display font-semibold">Captioners and recipes</h1>
      </header>
      <Tabs
        label="Captioners and recipes"
        value={tab}
        onChange={(value) => void setState({ tab: value === 'recipes' ? 'recipes' : null })}
        tabs={[
          { value: 'captioners', label: 'Captioners', panel: <Captioners dataset={dataset} /> },
          { value: 'recipes', label: 'Recipes', panel: <RecipesPanel dataset={dataset} /> },
        ]}
      />
    </div>
  )
}

function Captioners({ dataset }: { dataset: string | null }) {
  const { data, error, refetch } = useCaptioners()
  const [form, setForm] = useState<'new' | CaptionerListing | null>(null)
  useActs([{ label: 'Add an endpoint', keys: 'n', group: 'Captioners', run: () => setForm('new') }])
  return (
    <>
      <div className="flex flex-wrap items-center gap-3 px-4 py-3">
        <p className="measure min-w-0 flex-1 basis-64 text-soft">A captioner looks at a picture and writes. The built-in describer and local models send nothing anywhere; an endpoint gets the pictures of the runs that name it, and no others.</p>
        <Button look="primary" className="ml-auto" onClick={() => setForm('new')}><Plus size={16} aria-hidden />Add an endpoint</Button>
      </div>
      {error && <ErrorNote error={error} retry={() => void refetch()} className="mx-4" />}
      {!data && !error && <div aria-label="Loading" className="flex flex-col gap-3 p-4"><Skeleton className="h-24" /><Skeleton className="h-24" /></div>}
      {data?.captioners.map((captioner) => <CaptionerCardView key={captioner.id} captioner={captioner} dataset={dataset} onChange={() => setForm(captioner)} />)}
      <Dialog side="right" open={form !== null} onOpenChange={(open) => !open && setForm(null)} title={form === 'new' ? 'Add an endpoint' : 'Change the endpoint'} description="Any server that speaks the OpenAI chat API and takes pictures.">
        {form !== null && <CaptionerForm key={form === 'new' ? 'new' : form.id} before={form === 'new' ? undefined : form.endpoint} onSaved={() => setForm(null)} />}
      </Dialog>
    </>
  )
}
