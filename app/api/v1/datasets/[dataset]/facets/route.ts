import { z } from 'zod'
import { door, queryOf } from '@/app/api/door'
import { datasetByName } from '@/lib/dataset/store'
import { facetCounts } from '@/lib/sample/facet-store'

const CAP = 10_000
const Query = z.object({ filter: z.string().default(''), exact: z.stringbool().default(false) })

export const GET = door(async ({ params, url }) => {
  const dataset = await datasetByName(params.dataset)
  const { filter, exact } = queryOf(url, Query)
  return facetCounts(dataset.id, filter, { cap: exact ? undefined : CAP, meta: dataset.settings.facets })
})
