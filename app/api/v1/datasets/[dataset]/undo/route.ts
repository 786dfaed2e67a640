import { z } from 'zod'
import { bodyOf, door } from '@/app/api/door'
import { datasetByName } from '@/lib/dataset/store'
import { ReviewerName } from '@/lib/review/schema'
import { undoLast } from '@/lib/review/step-store'

/** The reviewer's newest step in this dataset, a bulk step included. */
export const POST = door(async ({ params, request }) => {
  const { reviewer } = await bodyOf(request, z.object({ reviewer: ReviewerName }))
  return undoLast({ reviewer }, (await datasetByName(params.dataset)).id)
}, 201)
