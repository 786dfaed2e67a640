import { door } from '@/app/api/door'
import { datasetByName } from '@/lib/dataset/store'
import { enqueue } from '@/lib/job/store'

/** Runs every rule and looks at every picture, in the background. */
export const POST = door(async ({ params }) => ({ job: enqueue('check', { datasetId: (await datasetByName(params.dataset)).id }) }), 202)
