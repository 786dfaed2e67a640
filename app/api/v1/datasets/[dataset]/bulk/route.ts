import { bodyOf, door } from '@/app/api/door'
import { datasetByName } from '@/lib/dataset/store'
import { BulkInput, runBulk } from '@/lib/review/bulk-store'
import { ReviewerName } from '@/lib/review/schema'

/** Does a bulk step over all that match, whole or not at all. With `expect` a count other than the previewed one answers 409. */
export const POST = door(async ({ params, request }) => {
  const { reviewer, ...input } = await bodyOf(request, BulkInput.extend({ reviewer: ReviewerName }))
  return runBulk({ reviewer }, (await datasetByName(params.dataset)).id, input)
}, 201)
