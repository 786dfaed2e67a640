'use client'

import { Plus } from 'lucide-react'
import { useState } from 'react'
import type { RecipeCard } from '@/lib/recipe/schema'
import { useActs } from '../frame/keys'
import { useRecipe, useRecipes } from '../recaption/queries'
import { RecipePrompt } from '../recaption/recipe-prompt'
import { Badge } from '../ui/badge'
import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'
import { ErrorNote } from '../ui/notes'
import { Skeleton } from '../ui/skeleton'
import { RecipeExamples } from './recipe-examples'
import { RecipeForm } from './recipe-form'

/** How captions are asked for: the built-in recipes with their sources, and a person's own. */
export function RecipesPanel({ dataset }: { dataset: string | null }) {
  const { data, error, refetch } = useRecipes()
  const [form, setForm] = useState<'new' | string | null>(null)
  const [examples, setExamples] = useState<string | null>(null)
  useActs([{ label: 'Write a recipe', keys: 'n', group: 'Recipes', run: () => setForm('new') }])
  return (
    <>
      <div className="flex flex-wrap items-center gap-3 px-4 py-3">
        <p className="measure min-w-0 flex-1 basis-64 text-soft">A recipe says how a caption is asked for and what counts as one. A change is a new version; captions keep the version that wrote them.</p>
        <Button look="primary" className="ml-auto" onClick={() => setForm('new')}><Plus size={16} aria-hidden />Write a recipe</Button>
      </div>
      {error && <ErrorNote error={error} retry={() => void refetch()} className="mx-4" />}
      {!data && !error && <div aria-label="Loading" className="flex flex-col gap-3 p-4"><Skeleton className="h-20" /><Skeleton className="h-20" /></div>}
      {data?.map((recipe) => <RecipeRow key={recipe.id} recipe={recipe} onChange={() => setForm(recipe.id)} onExamples={() => setExamples(recipe.id)} />)}
      <Dialog side="right" open={form !== null} onOpenChange={(open) => !open && setForm(null)} title={form === 'new' ? 'Write a recipe' : 'Change a recipe'} description="Your own prompt. Saving a change makes a new version.">
        {form === 'new' ? <RecipeForm onSaved={() => setForm(null)} /> : form !== null && <Change recipe={form} onSaved={() => setForm(null)} />}
      </Dialog>
      <Dialog wide informs open={examples !== null} onOpenChange={(open) => !open && setExamples(null)} title="Examples from edits" description="What people changed shows a model how to write. The newest eight are shown unless a run says otherwise.">
        {examples !== null && <RecipeExamples recipe={examples} dataset={dataset} />}
      </Dialog>
    </>
  )
}

function Change({ recipe, onSaved }: { recipe: string; onSaved: () => void }) {
  const { data } = useRecipe(recipe)
  return data ? <RecipeForm before={data.versions[0]} onSaved={onSaved} /> : <Skeleton className="h-64" />
}

function RecipeRow({ recipe, onChange, onExamples }: { recipe: RecipeCard; onChange: () => void; onExamples: () => void }) {
  const { id, label, version, kind, needs, custom } = recipe
  return (
    <article aria-label={label} className="border-t border-line px-4 py-3">
      <header className="flex flex-wrap items-center gap-2">
        <h2 className="font-semibold [overflow-wrap:anywhere]">{label}</h2>
        <code className="font-mono text-[12px] text-faint">{id}@{version}</code>
        <Badge>writes {kind}</Badge>
        {needs.length > 0 && <Badge>needs {needs.map((need) => (need === 'alt' ? 'an alt text' : 'a caption')).join(' and ')}</Badge>}
        <span className="flex-1" />
        <Button size="small" onClick={onExamples}>Examples</Button>
        {custom && <Button size="small" onClick={onChange}>Change</Button>}
      </header>
      <RecipePrompt recipe={id} />
    </article>
  )
}
