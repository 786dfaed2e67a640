import { z } from 'zod'
import { bodyOf, door } from '@/app/api/door'
import { datasetByName } from '@/lib/dataset/store'
import { purge, tombstones } from '@/lib/review/purge-store'
import { ReviewerName } from '@/lib/review/schema'

/** What was removed for good, without a word of its content. */
export const GET = door(async ({ params }) => ({ tombstones: tombstones((await datasetByName(params.dataset)).id) }))

const PurgeInput = z.object({ key: z.string().min(1), reason: z.string().trim().min(1, 'say why; the reason stays in the history').max(4000), everywhere: z.boolean().default(false), confirm: z.literal(true, 'what is purged cannot be brought back; send confirm: true'), reviewer: ReviewerName })

/** Removes a sample and its bytes for good. */
export const POST = door(async ({ params, request }) => {
  const { reviewer, key, reason, everywhere } = await bodyOf(request, PurgeInput)
  return purge({ reviewer }, (await datasetByName(params.dataset)).id, key, { reason, everywhere })
}, 201)
