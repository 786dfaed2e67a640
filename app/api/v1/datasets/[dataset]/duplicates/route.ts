import { z } from 'zod'
import { door, queryOf } from '@/app/api/door'
import { datasetByName } from '@/lib/dataset/store'
import { DUPLICATE_WAYS, duplicateCounts, duplicatePage, picturesCompared } from '@/lib/sample/duplicate-store'
import { publicSample } from '@/lib/sample/public'

const Query = z.object({ way: z.enum(DUPLICATE_WAYS).default('near'), conflicting: z.stringbool().default(false), limit: z.coerce.number().int().min(1).max(100).default(20), after: z.string().optional() })

/** Groups of duplicates, the largest first; the first page says how many groups there are of each sort, and whether pictures were compared. */
export const GET = door(async ({ params, url }) => {
  const { id } = await datasetByName(params.dataset)
  const query = queryOf(url, Query)
  const { groups, next } = duplicatePage({ datasetId: id, ...query })
  return { groups: groups.map((group) => ({ ...group, samples: group.samples.map(publicSample) })), next, ...(!query.after && { counts: duplicateCounts(id), compared: picturesCompared(id) }) }
})
