import { z } from 'zod'
import { bodyOf, door } from '@/app/api/door'
import { datasetByName } from '@/lib/dataset/store'
import { ReviewerName } from '@/lib/review/schema'
import { decideSample } from '@/lib/review/store'
import { sampleByKey } from '@/lib/sample/store'

const FlagInput = z.object({ reviewer: ReviewerName, note: z.string().max(4000).default(''), cleared: z.boolean().default(false), token: z.string().min(8).max(100).optional() })

/** A person wants this sample's alt text looked at; `cleared: true` takes that back. */
export const POST = door(async ({ params, request }) => {
  const dataset = await datasetByName(params.dataset)
  const { reviewer, cleared, ...given } = await bodyOf(request, FlagInput)
  return decideSample({ reviewer }, sampleByKey(dataset.id, params.key).id, { decision: cleared ? 'unflag' : 'flag', ...given })
}, 201)
