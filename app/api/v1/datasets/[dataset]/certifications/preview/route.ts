import { bodyOf, door } from '@/app/api/door'
import { datasetByName } from '@/lib/dataset/store'
import { PlanInput, previewPlan } from '@/lib/review/certify-store'

/** The sampling plan there would be, with its operating characteristic. Changes nothing. */
export const POST = door(async ({ params, request }) => previewPlan((await datasetByName(params.dataset)).id, await bodyOf(request, PlanInput)))
