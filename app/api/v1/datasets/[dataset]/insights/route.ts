import { door } from '@/app/api/door'
import { datasetByName } from '@/lib/dataset/store'
import { enqueue, openJobs } from '@/lib/job/store'
import { insights } from '@/lib/metric/store'

const isMeasured = (datasetId: number) => openJobs().some((job) => job.kind === 'stats' && job.payload === JSON.stringify({ datasetId }))

/** What a model would learn from the captions, as last measured; `POST` measures anew. */
export const GET = door(async ({ params }) => {
  const { id } = await datasetByName(params.dataset)
  return { insights: insights(id), measuring: isMeasured(id) }
})
export const POST = door(async ({ params }) => ({ job: enqueue('stats', { datasetId: (await datasetByName(params.dataset)).id }) }), 202)
