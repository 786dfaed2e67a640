import type { SideInput } from '@/lib/review/compare-store'

/** One thing that can stand on a side of a comparison, as a choice in a list. */
export type SideChoice = { value: string; label: string; side: SideInput }

type Found = { model?: readonly { value: string }[]; recipe?: readonly { value: string }[] }

/** Models, recipes and runs that have written captions here. */
export const sideChoices = (found: Found, runs: readonly { id: number; recipe: string; recipeVersion: number; model: string }[]): SideChoice[] => [
  ...(found.model ?? []).map(({ value }) => ({ value: `model:${value}`, label: `Model ${value}`, side: { model: value } })),
  ...(found.recipe ?? []).map(({ value }) => ({ value: `recipe:${value}`, label: `Recipe ${value}`, side: { recipe: value } })),
  ...runs.map((run) => ({ value: `run:${run.id}`, label: `Run ${run.id}: ${run.recipe}@${run.recipeVersion} by ${run.model}`, side: { runId: run.id } })),
]

/** What stands on a side, in words. */
export const sideWords = ({ model, recipe, runId }: SideInput): string => [recipe && `recipe ${recipe}`, model, runId && `run ${runId}`].filter(Boolean).join(', ')
