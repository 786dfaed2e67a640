import { z } from 'zod'
import { bodyOf, door } from '@/app/api/door'
import { giveOpinion } from '@/lib/review/overlap-store'
import { RejectReason, ReviewerName } from '@/lib/review/schema'

const OpinionInput = z.object({ item: z.number().int().positive(), decision: z.enum(['approve', 'reject']), reasons: z.array(RejectReason).max(10).default([]), note: z.string().max(4000).default(''), reviewer: ReviewerName })

/** One person's blind opinion. */
export const POST = door(async ({ request }) => {
  const { reviewer, item, ...given } = await bodyOf(request, OpinionInput)
  return { status: await giveOpinion({ reviewer }, item, given) }
}, 201)
