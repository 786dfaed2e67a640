import { bodyOf, door } from '@/app/api/door'
import { datasetByName } from '@/lib/dataset/store'
import { ReplaceInput, runReplace } from '@/lib/review/replace-store'
import { ReviewerName } from '@/lib/review/schema'

/** Find and replace as edits in one step. With `expect` a count other than the previewed one answers 409. */
export const POST = door(async ({ params, request }) => {
  const { reviewer, ...input } = await bodyOf(request, ReplaceInput.extend({ reviewer: ReviewerName }))
  return runReplace({ reviewer }, (await datasetByName(params.dataset)).id, input)
}, 201)
