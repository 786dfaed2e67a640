import { door } from '@/app/api/door'
import { datasetByName } from '@/lib/dataset/store'
import { batches, batchesUnderWay } from '@/lib/review/batch-store'

/** Bulk steps that took place, newest first, and those under way with what they have written so far. */
export const GET = door(async ({ params }) => {
  const { id } = await datasetByName(params.dataset)
  return { batches: batches(id), underWay: batchesUnderWay(id) }
})
