import { z } from 'zod'
import { bodyOf, door, queryOf } from '@/app/api/door'
import { datasetByName, forgetFilter, savedFilters, saveFilter } from '@/lib/dataset/store'
import { parseFilter } from '@/lib/sample/filter'

const Name = z.string().trim().min(1, 'a saved filter needs a name').max(80, 'a name has at most 80 characters')
const Saved = z.object({ name: Name, query: z.string().max(10_000) })
const listed = async (datasetId: number) => ({ filters: await savedFilters(datasetId) })

export const GET = door(async ({ params }) => listed((await datasetByName(params.dataset)).id))

/** Keeps a filter under a name; the same name again takes the new one. */
export const POST = door(async ({ params, request }) => {
  const { id } = await datasetByName(params.dataset)
  const { name, query } = await bodyOf(request, Saved)
  parseFilter(query)
  await saveFilter(id, name, query.trim())
  return listed(id)
}, 201)

export const DELETE = door(async ({ params, url }) => {
  const { id } = await datasetByName(params.dataset)
  await forgetFilter(id, queryOf(url, z.object({ name: Name })).name)
  return listed(id)
})
