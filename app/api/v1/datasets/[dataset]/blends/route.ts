import { z } from 'zod'
import { bodyOf, door } from '@/app/api/door'
import { saveBlend, savedBlends } from '@/lib/blend/preview-store'
import { BlendSpec } from '@/lib/blend/schema'
import { datasetByName } from '@/lib/dataset/store'

const Named = z.object({ name: z.string().trim().min(1, 'give the blend a name').max(80, 'a name has at most 80 characters'), spec: BlendSpec })

export const GET = door(async ({ params }) => ({ blends: await savedBlends((await datasetByName(params.dataset)).id) }))

/** Keeps a blend under a name; the same name again replaces it. */
export const POST = door(async ({ params, request }) => {
  const dataset = await datasetByName(params.dataset)
  const { name, spec } = await bodyOf(request, Named)
  await saveBlend(dataset.id, name, spec)
  return { name, spec }
}, 201)
