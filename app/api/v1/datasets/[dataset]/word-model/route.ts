import { door } from '@/app/api/door'
import { gainOf, LEAST_PAIRS } from '@/lib/claim/word-store'
import { datasetByName } from '@/lib/dataset/store'
import { enqueue } from '@/lib/job/store'

/** What the word model gains here, cross-validated; null when it was not measured. */
export const GET = door(async ({ params }) => {
  const { id, settings } = await datasetByName(params.dataset)
  return { on: settings.wordModel, least: LEAST_PAIRS, gain: gainOf(id) ?? null }
})

/** Measures it anew, in the background. The switch is the setting `wordModel`. */
export const POST = door(async ({ params }) => ({ job: enqueue('words', { datasetId: (await datasetByName(params.dataset)).id }) }), 202)
