import { bodyOf, door } from '@/app/api/door'
import { idOf } from '@/app/api/params'
import { VerdictInput } from '@/lib/review/schema'
import { decideCaption } from '@/lib/review/store'

/** A stale `version` answers 409 with the present state in `error.detail.present`. */
export const POST = door(async ({ params, request }) => {
  const { reviewer, ...given } = await bodyOf(request, VerdictInput)
  return decideCaption({ reviewer }, idOf(params.id), given)
}, 201)
