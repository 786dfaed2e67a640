import { z } from 'zod'
import { bodyOf, door } from '@/app/api/door'
import { measureGroups, storedGroups } from '@/lib/blend/preview-store'
import { BlendSpec } from '@/lib/blend/schema'
import { datasetByName } from '@/lib/dataset/store'

const Asked = BlendSpec.extend({ measure: z.boolean().default(false) })

/** The lengths of the captions a blend may choose from: as stored (null when never measured), or measured now. */
export const POST = door(async ({ params, request }) => {
  const dataset = await datasetByName(params.dataset)
  const { measure, ...spec } = await bodyOf(request, Asked)
  return { lengths: measure ? { ...(await measureGroups(dataset.id, spec, request.signal)), fresh: true } : storedGroups(dataset.id, spec) }
})
