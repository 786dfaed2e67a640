import { door } from '@/app/api/door'
import { datasetByName } from '@/lib/dataset/store'
import { sidecarConflicts } from '@/lib/import/sync'
import { sidecarCount } from '@/lib/import/sync-store'

/** Caption files that were changed or removed since they were read, with both texts. */
export const GET = door(async ({ params }) => {
  const { id } = await datasetByName(params.dataset)
  return { files: sidecarCount(id), conflicts: await sidecarConflicts(id) }
})
