import { bodyOf, door } from '@/app/api/door'
import { datasetByName } from '@/lib/dataset/store'
import { BulkInput, previewBulk } from '@/lib/review/bulk-store'

/** Counts what a bulk step over all that match would do. Changes nothing. */
export const POST = door(async ({ params, request }) => previewBulk((await datasetByName(params.dataset)).id, await bodyOf(request, BulkInput), request.signal))
