import { z } from 'zod'
import { door, queryOf } from '@/app/api/door'
import { idOf } from '@/app/api/params'
import { runItems } from '@/lib/recaption/progress-store'

const Query = z.object({ status: z.enum(['pending', 'running', 'done', 'failed', 'skipped']).optional(), after: z.coerce.number().int().min(0).default(0), limit: z.coerce.number().int().min(1).max(1000).default(100) })

/** The run's ledger, a line a sample. */
export const GET = door(({ params, url }) => ({ items: runItems(idOf(params.id), queryOf(url, Query)) }))
