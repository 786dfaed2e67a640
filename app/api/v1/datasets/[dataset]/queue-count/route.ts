import { z } from 'zod'
import { door, queryOf } from '@/app/api/door'
import { datasetByName } from '@/lib/dataset/store'
import { deskCount } from '@/lib/review/desk-store'

export const GET = door(async ({ params, url }) => deskCount((await datasetByName(params.dataset)).id, queryOf(url, z.object({ filter: z.string().default('') })).filter))
