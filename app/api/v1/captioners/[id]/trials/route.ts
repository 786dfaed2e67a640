import { z } from 'zod'
import { bodyOf, door } from '@/app/api/door'
import { cutsOf } from '@/lib/caption/cuts'
import { testCaptioner } from '@/lib/captioner/trial'
import { datasetByName } from '@/lib/dataset/store'
import { AppError } from '@/lib/errors'
import { mediaById, original } from '@/lib/media/store'
import { inputsOf } from '@/lib/recaption/input-store'
import { recipeById } from '@/lib/recipe/store'
import { sampleByKey } from '@/lib/sample/store'

const Asked = z.object({ dataset: z.string(), sample: z.string(), recipe: z.string().default('short'), model: z.string().default('') })

/** One call with one picture: the answer, what the recipe makes of it, time, tokens and cost. Nothing is kept. */
export const POST = door(async ({ params, request }) => {
  const asked = await bodyOf(request, Asked)
  const sample = sampleByKey((await datasetByName(asked.dataset)).id, asked.sample)
  if (sample.mediaId === null) throw new AppError('refused', `The sample “${sample.key}” has no picture.`)
  const recipe = await recipeById(asked.recipe)
  const input = inputsOf([sample.id], { kind: recipe.kind, stamp: '', keepsKind: false, mends: false, another: true }).get(sample.id)?.input ?? { key: sample.key }
  const { bytes, mime } = await original(mediaById(sample.mediaId))
  const { draft, ...rest } = await testCaptioner(params.id, { media: bytes, mime, recipe: recipe.id, kind: recipe.kind, prompt: recipe.prompt(input), model: asked.model }, request.signal)
  const accepted = recipe.accept(draft.text, input)
  return { ...rest, answer: draft.text, finish: draft.finish, usage: draft.usage, accepted, cuts: accepted.ok ? cutsOf(accepted.text) : {} }
})
