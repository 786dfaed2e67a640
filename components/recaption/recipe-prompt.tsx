'use client'

import { ErrorNote } from '../ui/notes'
import { counted } from '../ui/numbers'
import { Skeleton } from '../ui/skeleton'
import { useRecipe } from './queries'

const Text = ({ title, text }: { title: string; text: string }) => (
  <div>
    <h4 className="text-faint">{title}</h4>
    <pre tabIndex={0} className="max-h-64 overflow-y-auto rounded-medium border border-line bg-sunken p-2 font-sans [overflow-wrap:anywhere] whitespace-pre-wrap">{text}</pre>
  </div>
)

/** Where a recipe comes from, and what it says to a model. */
export function RecipePrompt({ recipe }: { recipe: string }) {
  const { data, error } = useRecipe(recipe)
  if (error) return <ErrorNote error={error} />
  if (!data) return <Skeleton className="h-10" />
  const own = data.versions.find((one) => one.version === data.version)
  return (
    <div className="flex flex-col gap-1">
      <p className="measure text-faint">{data.source}</p>
      <details>
        <summary className="text-soft">The prompt{data.examples.length > 0 && `, with ${counted(data.examples.length, 'example')} by people`}</summary>
        <div className="mt-2 flex flex-col gap-2">
          <Text title="To the model, for every sample" text={data.prompt.system} />
          <Text title={own ? 'The task, as it was written' : 'The task, without a sample’s own texts'} text={own?.prompt ?? data.prompt.user} />
          {data.prompt.schema && <p className="text-faint">Answers come as JSON by a schema, where the endpoint knows schemas.</p>}
        </div>
      </details>
    </div>
  )
}
