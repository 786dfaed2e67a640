import { z } from 'zod'
import { bodyOf, door } from '@/app/api/door'
import { idOf } from '@/app/api/params'
import { retryFailed, runById } from '@/lib/recaption/store'

/** Tries again what failed, or only what failed for one cause. */
export const POST = door(async ({ params, request }) => {
  const { cause } = await bodyOf(request, z.object({ cause: z.string().min(1).max(100).optional() }))
  return { again: retryFailed(runById(idOf(params.id)).id, cause) }
})
