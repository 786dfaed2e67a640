import { z } from 'zod'
import { door, queryOf } from '@/app/api/door'
import { datasetByName } from '@/lib/dataset/store'
import { exactCount } from '@/lib/sample/count-store'

/** How many samples match, exactly; the facets count at most 10,000 and come sooner. */
export const GET = door(async ({ params, url, request }) => {
  const { filter } = queryOf(url, z.object({ filter: z.string().default('') }))
  return { count: await exactCount((await datasetByName(params.dataset)).id, filter, request.signal) }
})
