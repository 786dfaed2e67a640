import { bodyOf, door } from '@/app/api/door'
import { planRun } from '@/lib/recaption/plan'
import { RunRequest } from '@/lib/recaption/schema'

/** Counts what a request is about, without a dry run: how many samples need work, and why the others stay as they are. */
export const POST = door(async ({ params, request }) => {
  const asked = await bodyOf(request, RunRequest.omit({ dataset: true }))
  const { total, work, skipped, resumes, model, kind } = await planRun({ ...asked, dataset: params.dataset }, { samples: 0 })
  return { total, work, skipped, resumes, model, kind }
})
