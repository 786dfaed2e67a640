import { door } from '@/app/api/door'
import { overview } from '@/lib/dataset/overview-store'
import { datasetByName } from '@/lib/dataset/store'

/** What is in a dataset, at one look: counts, sizes, lengths, languages, file types, licences, and what was done with it. */
export const GET = door(async ({ params, request }) => {
  const { id, name, note, licence, settings } = await datasetByName(params.dataset)
  return { name, note, licence, settings, ...(await overview(id, request.signal)) }
})
