import { bodyOf, door } from '@/app/api/door'
import { datasetByName } from '@/lib/dataset/store'
import { ComparisonInput, comparisons, openComparison } from '@/lib/review/compare-store'
import { ReviewerName } from '@/lib/review/schema'

export const GET = door(async ({ params }) => ({ comparisons: comparisons((await datasetByName(params.dataset)).id) }))

/** Sets up a blind comparison; how many pairs are judged is fixed by it. */
export const POST = door(async ({ params, request }) => {
  const { reviewer, ...input } = await bodyOf(request, ComparisonInput.extend({ reviewer: ReviewerName }))
  return openComparison({ reviewer }, (await datasetByName(params.dataset)).id, input)
}, 201)
