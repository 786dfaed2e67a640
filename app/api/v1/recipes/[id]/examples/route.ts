import { z } from 'zod'
import { bodyOf, door } from '@/app/api/door'
import { captionById } from '@/lib/caption/store'
import { AppError } from '@/lib/errors'
import { addExample, recipeById, removeExample, shownExamples } from '@/lib/recipe/store'

const Asked = z.object({ caption: z.number().int().positive(), author: z.string().trim().max(80).default('') })

/** Adds an edit to what a recipe shows as examples: the caption before it, and the edit. */
export const POST = door(async ({ params, request }) => {
  const { caption, author } = await bodyOf(request, Asked)
  const recipe = (await recipeById(params.id)).id
  const edit = captionById(caption)
  if (edit.origin !== 'human' || edit.parentId === null || edit.standing === 'rejected' || edit.retired) throw new AppError('refused', `Caption ${caption} is no edit that stands: an example is a caption by a person with the one it came from.`)
  await addExample({ recipe, captionId: caption, before: captionById(edit.parentId).text, after: edit.text, author })
  return { examples: await shownExamples(recipe) }
}, 201)

export const DELETE = door(async ({ params, request }) => {
  const { caption } = await bodyOf(request, Asked)
  return { removed: await removeExample(params.id, caption) }
})
