import { bodyOf, door } from '@/app/api/door'
import { previewSamples } from '@/lib/blend/preview-store'
import { BlendSpec } from '@/lib/blend/schema'
import { cutsOf } from '@/lib/caption/cuts'
import { clipTokens } from '@/lib/caption/tokens'
import { datasetByName } from '@/lib/dataset/store'

/** Twenty samples as a trainer will see them, with the places at which its text encoder stops reading. */
export const POST = door(async ({ params, request }) => {
  const dataset = await datasetByName(params.dataset)
  const samples = await previewSamples(dataset.id, await bodyOf(request, BlendSpec), 20, request.signal)
  return {
    samples: samples.map(({ blended, ...sample }) => ({
      ...sample,
      chosen: blended && { ...blended.chosen, tokens: clipTokens(blended.chosen.text), cuts: cutsOf(blended.chosen.text), fallback: blended.fallback },
      candidates: blended?.heads.map(({ kind }) => ({ kind, p: blended.chances.get(kind) ?? 0 })) ?? [],
    })),
  }
})
