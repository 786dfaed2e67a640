import { door } from '@/app/api/door'
import { datasetByName } from '@/lib/dataset/store'
import { agreementReport } from '@/lib/review/overlap-store'

/** How far people agree, a kind and a reason at a time. */
export const GET = door(async ({ params }) => agreementReport((await datasetByName(params.dataset)).id))
