import { z } from 'zod'
import { bodyOf, door } from '@/app/api/door'
import { CustomRecipeInput } from '@/lib/recipe/schema'
import { recipeCards, saveCustomRecipe } from '@/lib/recipe/store'

export const dynamic = 'force-dynamic'
export const GET = door(async () => ({ recipes: await recipeCards() }))

/** Keeps a recipe of a person's own; a change is a new version. */
export const POST = door(async ({ request }) => {
  const { author, ...input } = await bodyOf(request, CustomRecipeInput.extend({ author: z.string().trim().max(80).default('') }))
  return saveCustomRecipe(author, input)
}, 201)
