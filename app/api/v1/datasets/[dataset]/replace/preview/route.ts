import { bodyOf, door } from '@/app/api/door'
import { datasetByName } from '@/lib/dataset/store'
import { previewReplace, ReplaceInput } from '@/lib/review/replace-store'

/** Counts what find and replace would change over all that match, with the first diffs. Changes nothing. */
export const POST = door(async ({ params, request }) => previewReplace((await datasetByName(params.dataset)).id, await bodyOf(request, ReplaceInput), request.signal))
