import { z } from 'zod'
import { bodyOf, door } from '@/app/api/door'
import { Kind } from '@/lib/caption/schema'
import { datasetByName } from '@/lib/dataset/store'
import { writeBack } from '@/lib/import/sync'

/** Writes approved captions of a kind back to the caption files they belong to, never over one that changed since it was read. */
export const POST = door(async ({ params, request }) => {
  const { kind } = await bodyOf(request, z.object({ kind: Kind.default('alt') }))
  const { conflicts, ...done } = await writeBack((await datasetByName(params.dataset)).id, { kind, signal: request.signal })
  return { ...done, conflicts: conflicts.length }
})
