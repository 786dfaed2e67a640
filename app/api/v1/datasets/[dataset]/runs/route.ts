import { bodyOf, door } from '@/app/api/door'
import { datasetByName } from '@/lib/dataset/store'
import { RunStart } from '@/lib/recaption/schema'
import { startSeen } from '@/lib/recaption/start'
import { listRuns } from '@/lib/recaption/store'

export const GET = door(async ({ params }) => ({ runs: listRuns((await datasetByName(params.dataset)).id) }))

/** Starts a run whose plan or count was seen, or goes on with the unfinished run of the same request. */
export const POST = door(async ({ params, request }) => startSeen(params.dataset, await bodyOf(request, RunStart)), 202)
