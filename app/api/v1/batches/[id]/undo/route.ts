import { z } from 'zod'
import { bodyOf, door } from '@/app/api/door'
import { idOf } from '@/app/api/params'
import { undoBatch } from '@/lib/review/run'
import { ReviewerName } from '@/lib/review/schema'

export const POST = door(async ({ params, request }) => {
  const { reviewer } = await bodyOf(request, z.object({ reviewer: ReviewerName }))
  return undoBatch({ reviewer }, idOf(params.id))
}, 201)
