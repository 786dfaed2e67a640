import { z } from 'zod'
import { bodyOf, door } from '@/app/api/door'
import { idOf } from '@/app/api/params'
import { datasetByName } from '@/lib/dataset/store'
import { AppError } from '@/lib/errors'
import { decideConflict } from '@/lib/import/sync'
import { sidecarById } from '@/lib/import/sync-store'

/** Decides one conflict: `theirs` takes the file's text as a further caption, `ours` lets the next writing back replace the file. */
export const POST = door(async ({ params, request }) => {
  const dataset = await datasetByName(params.dataset)
  const id = idOf(params.id)
  const { side } = await bodyOf(request, z.object({ side: z.enum(['theirs', 'ours']) }))
  if (sidecarById(id)?.datasetId !== dataset.id) throw new AppError('not_found', `There is no caption file ${id} in “${dataset.name}”.`)
  await decideConflict(id, side)
})
