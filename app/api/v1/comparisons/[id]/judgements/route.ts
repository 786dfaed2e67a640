import { z } from 'zod'
import { bodyOf, door } from '@/app/api/door'
import { idOf } from '@/app/api/params'
import { judge } from '@/lib/review/compare-store'
import { ReviewerName } from '@/lib/review/schema'

const Judgement = z.object({ position: z.number().int().min(0), choice: z.enum(['left', 'right', 'tie']), reviewer: ReviewerName })

export const POST = door(async ({ params, request }) => {
  const { reviewer, position, choice } = await bodyOf(request, Judgement)
  const { pairs, judged, status } = await judge({ reviewer }, idOf(params.id), position, choice)
  return { pairs, judged, status }
}, 201)
