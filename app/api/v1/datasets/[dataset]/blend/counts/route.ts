import { bodyOf, door } from '@/app/api/door'
import { exactCounts } from '@/lib/blend/preview-store'
import { BlendSpec } from '@/lib/blend/schema'
import { datasetByName } from '@/lib/dataset/store'

/** The counts a release of this blend would have, sample by sample. */
export const POST = door(async ({ params, request }) => {
  const dataset = await datasetByName(params.dataset)
  return exactCounts(dataset.id, await bodyOf(request, BlendSpec), request.signal)
})
