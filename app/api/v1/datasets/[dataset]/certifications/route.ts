import { bodyOf, door } from '@/app/api/door'
import { datasetByName } from '@/lib/dataset/store'
import { openPlan, PlanInput, plans } from '@/lib/review/certify-store'
import { ReviewerName } from '@/lib/review/schema'

export const GET = door(async ({ params }) => ({ certifications: plans((await datasetByName(params.dataset)).id) }))

/** Fixes a sampling plan: the lot, the sample and its order. It cannot be changed afterwards. */
export const POST = door(async ({ params, request }) => {
  const { reviewer, ...input } = await bodyOf(request, PlanInput.extend({ reviewer: ReviewerName }))
  return openPlan({ reviewer }, (await datasetByName(params.dataset)).id, input)
}, 201)
