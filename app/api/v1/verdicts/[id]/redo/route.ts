import { z } from 'zod'
import { bodyOf, door } from '@/app/api/door'
import { idOf } from '@/app/api/params'
import { ReviewerName } from '@/lib/review/schema'
import { redo } from '@/lib/review/store'

const By = z.object({ reviewer: ReviewerName, token: z.string().min(8).max(100).optional() })

export const POST = door(async ({ params, request }) => {
  const { reviewer, token } = await bodyOf(request, By)
  return redo({ reviewer }, idOf(params.id), token)
}, 201)
