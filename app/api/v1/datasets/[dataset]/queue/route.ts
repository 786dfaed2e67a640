import { z } from 'zod'
import { door, queryOf } from '@/app/api/door'
import { datasetByName } from '@/lib/dataset/store'
import { deskPage } from '@/lib/review/desk-store'
import { QUEUE_ORDERS } from '@/lib/review/queue-orders'

const Query = z.object({
  filter: z.string().default(''),
  order: z.enum(QUEUE_ORDERS.map((order) => order.id)).default('imported'),
  seed: z.coerce.number().int().default(0),
  /** one random sample in so many; 0 for none */
  every: z.coerce.number().int().min(0).max(1000).default(5),
  limit: z.coerce.number().int().min(1).max(200).default(20),
  after: z.string().optional(),
  /** yes: decided samples too */
  all: z.enum(['yes', 'no']).default('no'),
})

/** Work in order: samples that still wait for a decision, each with its captions, claims and what was seen. */
export const GET = door(async ({ params, url }) => {
  const { all, ...query } = queryOf(url, Query)
  return deskPage({ datasetId: (await datasetByName(params.dataset)).id, ...query, all: all === 'yes' })
})
