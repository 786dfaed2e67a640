import { z } from 'zod'
import { bodyOf, door } from '@/app/api/door'
import { idOf } from '@/app/api/params'
import { blindSample } from '@/lib/review/blind-store'
import { secondLook, settleConflict } from '@/lib/review/overlap-store'
import { RejectReason, ReviewerName } from '@/lib/review/schema'

const Settled = z.object({ item: z.number().int().positive(), decision: z.enum(['approve', 'reject']), reasons: z.array(RejectReason).max(10).default([]), note: z.string().max(4000).default(''), reviewer: ReviewerName })

/** Captions about which people disagree, with what each of them said. */
export const GET = door(({ params }) => ({ conflicts: secondLook(idOf(params.id)).map(({ id, sampleId, captionId, opinions }) => ({ item: id, opinions, ...blindSample(sampleId, captionId) })) }))

/** The decision that ends one disagreement. */
export const POST = door(async ({ request }) => {
  const { reviewer, item, ...given } = await bodyOf(request, Settled)
  return settleConflict({ reviewer }, item, given)
}, 201)
