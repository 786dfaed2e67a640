import { bodyOf, door } from '@/app/api/door'
import { datasetByName } from '@/lib/dataset/store'
import { resolveRequest } from '@/lib/recaption/resolve'
import { RunRequest } from '@/lib/recaption/schema'
import { listRuns, startRun } from '@/lib/recaption/store'

export const GET = door(async ({ params }) => ({ runs: listRuns((await datasetByName(params.dataset)).id) }))

/** Starts a run, or goes on with the unfinished run of the same request. */
export const POST = door(async ({ params, request }) => {
  const asked = await bodyOf(request, RunRequest.omit({ dataset: true }))
  const { id, resumed } = startRun((await resolveRequest({ ...asked, dataset: params.dataset })).run)
  return { run: id, resumed }
}, 202)
