import { z } from 'zod'
import { bodyOf, door } from '@/app/api/door'
import { idOf } from '@/app/api/params'
import { decideClaim } from '@/lib/claim/store'
import { ReviewerName } from '@/lib/review/schema'

/** A person keeps a claim, strikes it, or takes that back. */
export const POST = door(async ({ params, request }) => {
  const { decision, reviewer } = await bodyOf(request, z.object({ decision: z.enum(['keep', 'strike']).nullable(), reviewer: ReviewerName }))
  return decideClaim(idOf(params.id), decision, reviewer)
}, 201)
