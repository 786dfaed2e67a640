import { door } from '@/app/api/door'
import { datasetByName } from '@/lib/dataset/store'
import { progress } from '@/lib/review/history-store'

export const GET = door(async ({ params }) => progress((await datasetByName(params.dataset)).id))
