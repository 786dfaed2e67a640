import { door, queryOf } from '@/app/api/door'
import { datasetByName } from '@/lib/dataset/store'
import { WalkQuery } from '@/lib/sample/schema'
import { neighbours } from '@/lib/sample/store'

/** The samples before and after one among those that match, in the order asked for. */
export const GET = door(async ({ params, url }) => neighbours((await datasetByName(params.dataset)).id, params.key, queryOf(url, WalkQuery)))
