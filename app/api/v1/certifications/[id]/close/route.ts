import { z } from 'zod'
import { bodyOf, door } from '@/app/api/door'
import { idOf } from '@/app/api/params'
import { closePlan, planResult } from '@/lib/review/certify-store'
import { ReviewerName } from '@/lib/review/schema'

/** Ends a plan that has its answer: certified captions are approved in one step, or nothing is. */
export const POST = door(async ({ params, request }) => {
  const { reviewer } = await bodyOf(request, z.object({ reviewer: ReviewerName }))
  const plan = await closePlan({ reviewer }, idOf(params.id))
  return { ...plan, result: planResult(plan.id) }
}, 201)
