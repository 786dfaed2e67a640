import { z } from 'zod'
import { Kind } from '@/lib/caption/schema'

/** A person's own recipe, as it is typed in. Variables: {alt}, {caption}, {key}, {ocr}, and any source column by its name; {{ is a brace. */
export const CustomRecipeInput = z.object({
  name: z.string().trim().min(1, 'a recipe needs a name').max(60, 'a name has at most 60 characters').regex(/[\p{L}\p{N}]/u, 'a name holds a letter or digit'),
  kind: Kind.refine((kind) => kind !== 'alt', 'alt is the kind of texts that came with the data; choose another'),
  prompt: z.string().trim().min(1, 'a recipe needs a prompt').max(8000, 'a prompt has at most 8,000 characters'),
  maxWords: z.coerce.number().int().min(1).max(2000).default(400),
})
export type CustomRecipeInput = z.infer<typeof CustomRecipeInput>

export type CustomRecipeRow = CustomRecipeInput & {
  /** "custom-" and the name in lower-case letters, digits and hyphens; never changes */
  recipe: string
  /** +1 whenever prompt, kind or length change */
  version: number
  author: string
  createdAt: string
}

export type RecipeCard = { id: string; version: number; label: string; kind: string; source: string; needs: readonly string[]; custom: boolean; prompt?: string }
