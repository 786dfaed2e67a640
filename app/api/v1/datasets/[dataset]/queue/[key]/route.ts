import { door } from '@/app/api/door'
import { datasetByName } from '@/lib/dataset/store'
import { deskSample } from '@/lib/review/desk-store'

export const GET = door(async ({ params }) => deskSample((await datasetByName(params.dataset)).id, params.key))
