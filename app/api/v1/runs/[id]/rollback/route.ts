import { z } from 'zod'
import { bodyOf, door } from '@/app/api/door'
import { idOf } from '@/app/api/params'
import { rollBackRun, undoRollBack } from '@/lib/recaption/rollback-store'

/** Takes a run's captions out of play in one step; `undo: true` takes that back. Verdicts are kept. */
export const POST = door(async ({ params, request }) => {
  const { reviewer, undo } = await bodyOf(request, z.object({ reviewer: z.string().trim().min(1).max(80), undo: z.boolean().default(false) }))
  return (undo ? undoRollBack : rollBackRun)(reviewer, idOf(params.id))
})
