import { z } from 'zod'
import { bodyOf, door } from '@/app/api/door'
import { idOf } from '@/app/api/params'
import { resumeRun, runById } from '@/lib/recaption/store'

/** Goes on with a paused run, under a new budget when one is given. */
export const POST = door(async ({ params, request }) => {
  const { budget } = await bodyOf(request, z.object({ budget: z.number().positive().optional() }))
  const run = runById(idOf(params.id))
  resumeRun(run.id, budget)
  return runById(run.id)
})
