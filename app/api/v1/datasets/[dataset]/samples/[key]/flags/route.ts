import { bodyOf, door } from '@/app/api/door'
import { datasetByName } from '@/lib/dataset/store'
import { FlagInput } from '@/lib/review/schema'
import { decideSample } from '@/lib/review/store'
import { sampleByKey } from '@/lib/sample/store'

/** A person wants this sample's alt text looked at; `cleared: true` takes that back. */
export const POST = door(async ({ params, request }) => {
  const dataset = await datasetByName(params.dataset)
  const { reviewer, cleared, reasons, ...given } = await bodyOf(request, FlagInput)
  return decideSample({ reviewer }, sampleByKey(dataset.id, params.key).id, cleared ? { decision: 'unflag', reasons: [], ...given } : { decision: 'flag', reasons, ...given })
}, 201)
