import { bodyOf, door } from '@/app/api/door'
import { datasetByName } from '@/lib/dataset/store'
import { openOverlap, OverlapInput, overlaps } from '@/lib/review/overlap-store'
import { ReviewerName } from '@/lib/review/schema'

export const GET = door(async ({ params }) => ({ overlaps: overlaps((await datasetByName(params.dataset)).id) }))

/** Draws captions that several people judge, each without seeing the others. */
export const POST = door(async ({ params, request }) => {
  const { reviewer, ...input } = await bodyOf(request, OverlapInput.extend({ reviewer: ReviewerName }))
  return openOverlap({ reviewer }, (await datasetByName(params.dataset)).id, input)
}, 201)
