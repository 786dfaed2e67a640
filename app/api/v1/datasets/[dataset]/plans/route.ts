import { bodyOf, door } from '@/app/api/door'
import { datasetByName } from '@/lib/dataset/store'
import { askForPlan } from '@/lib/recaption/plan-store'
import { resolveRequest } from '@/lib/recaption/resolve'
import { RunRequest } from '@/lib/recaption/schema'

/** Asks what a run would do: counts, a dry run of twenty with their captions, time and price. Nothing is written to the dataset. */
export const POST = door(async ({ params, request }) => {
  const dataset = await datasetByName(params.dataset)
  const asked = { ...(await bodyOf(request, RunRequest.omit({ dataset: true }))), dataset: dataset.name }
  await resolveRequest(asked)
  return { plan: askForPlan(dataset.id, asked) }
}, 202)
