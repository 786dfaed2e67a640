import { bodyOf, door } from '@/app/api/door'
import { datasetByName } from '@/lib/dataset/store'
import { SampleVerdictInput } from '@/lib/review/schema'
import { decideSample } from '@/lib/review/store'
import { sampleByKey } from '@/lib/sample/store'

/** Keeps, drops, flags or unflags the sample itself. */
export const POST = door(async ({ params, request }) => {
  const dataset = await datasetByName(params.dataset)
  const { reviewer, ...given } = await bodyOf(request, SampleVerdictInput)
  return decideSample({ reviewer }, sampleByKey(dataset.id, params.key).id, given)
}, 201)
