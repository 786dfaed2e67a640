import { z } from 'zod'
import { bodyOf, door } from '@/app/api/door'
import { idOf } from '@/app/api/params'
import { promoteWinner } from '@/lib/review/compare-store'
import { ReviewerName } from '@/lib/review/schema'

/** Lets the winner's captions speak for all samples that match and are still pending, in one step. */
export const POST = door(async ({ params, request }) => {
  const { reviewer } = await bodyOf(request, z.object({ reviewer: ReviewerName }))
  return promoteWinner({ reviewer }, idOf(params.id))
}, 201)
