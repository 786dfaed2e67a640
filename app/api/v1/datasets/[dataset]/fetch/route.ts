import { z } from 'zod'
import { bodyOf, door, queryOf } from '@/app/api/door'
import { datasetByName } from '@/lib/dataset/store'
import { failedFetches, fetchState, forgetFailures } from '@/lib/media/fetch-store'
import { enqueue, openJobs } from '@/lib/job/store'

const LISTED = 200
const Query = z.object({ after: z.coerce.number().int().min(0).default(0) })

/** How many pictures behind URLs are here, and those that could not be fetched with why. */
export const GET = door(async ({ params, url }) => {
  const { id } = await datasetByName(params.dataset)
  const failures = failedFetches(id, queryOf(url, Query).after, LISTED)
  const going = openJobs().some((job) => job.kind === 'fetch' && job.payload === JSON.stringify({ datasetId: id }))
  return { ...fetchState(id), going, failures, next: failures.length === LISTED ? failures[LISTED - 1].id : undefined }
})

/** Fetches every picture that is not here yet, in the background; with `again` those that failed too. */
export const POST = door(async ({ params, request }) => {
  const { id } = await datasetByName(params.dataset)
  const { again } = await bodyOf(request, z.object({ again: z.boolean().default(false) }))
  if (again) forgetFailures(id)
  return { job: enqueue('fetch', { datasetId: id }) }
}, 202)
