import { z } from 'zod'
import { bodyOf, door } from '@/app/api/door'
import { idOf } from '@/app/api/params'
import { decideOfPlan } from '@/lib/review/certify-store'
import { RejectReason, ReviewerName } from '@/lib/review/schema'

const Look = z.object({ position: z.number().int().min(0), decision: z.enum(['approve', 'reject']), reasons: z.array(RejectReason).max(10).default([]), note: z.string().max(4000).default(''), reviewer: ReviewerName })

/** One look at one caption of the sample. */
export const POST = door(async ({ params, request }) => {
  const { reviewer, position, ...given } = await bodyOf(request, Look)
  return decideOfPlan({ reviewer }, idOf(params.id), position, given)
}, 201)
