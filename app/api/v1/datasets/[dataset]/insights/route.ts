import { door } from '@/app/api/door'
import { datasetByName } from '@/lib/dataset/store'
import { enqueue } from '@/lib/job/store'
import { insights } from '@/lib/metric/store'

/** What a model would learn from the captions, as last measured; `POST` measures anew. */
export const GET = door(async ({ params }) => ({ insights: insights((await datasetByName(params.dataset)).id) }))
export const POST = door(async ({ params }) => ({ job: enqueue('stats', { datasetId: (await datasetByName(params.dataset)).id }) }), 202)
