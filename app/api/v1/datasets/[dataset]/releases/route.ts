import { bodyOf, door } from '@/app/api/door'
import { datasetByName } from '@/lib/dataset/store'
import { requestRelease } from '@/lib/export/run'
import { ReleaseRequest } from '@/lib/export/schema'
import { releasesOf } from '@/lib/export/store'
import { enqueue } from '@/lib/job/store'

export const GET = door(async ({ params }) => ({ releases: releasesOf((await datasetByName(params.dataset)).id) }))

/** Asks for a release, written by a worker below the home's own releases. */
export const POST = door(async ({ params, request }) => {
  const asked = await bodyOf(request, ReleaseRequest.omit({ dataset: true }))
  const row = await requestRelease({ ...asked, dataset: params.dataset })
  enqueue('export', { releaseId: row.id })
  return { release: row.id }
}, 202)
