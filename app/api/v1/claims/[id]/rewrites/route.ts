import { z } from 'zod'
import { bodyOf, door } from '@/app/api/door'
import { idOf } from '@/app/api/params'
import { CaptionerId } from '@/lib/captioner/schema'
import { rewriteWithout } from '@/lib/recaption/rewrite'
import { ReviewerName } from '@/lib/review/schema'

const Asked = z.object({ captioner: CaptionerId, model: z.string().max(200).optional(), reviewer: ReviewerName, with: z.array(z.number().int().positive()).max(100).default([]) })

/** A model's text of the caption without this claim. Decides nothing. */
export const POST = door(async ({ params, request }) => {
  const { with: others, ...asked } = await bodyOf(request, Asked)
  return rewriteWithout([idOf(params.id), ...others], asked, request.signal)
}, 201)
