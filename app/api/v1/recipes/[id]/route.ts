import { door } from '@/app/api/door'
import { customVersions, recipeById, shownExamples } from '@/lib/recipe/store'

export const dynamic = 'force-dynamic'
/** A recipe as it asks, without a sample; of a person's own all its versions. */
export const GET = door(async ({ params }) => {
  const { id, version, label, kind, source, prompt } = await recipeById(params.id)
  return { id, version, label, kind, source, prompt: prompt({ key: '' }), versions: await customVersions(params.id), examples: await shownExamples(params.id) }
})
