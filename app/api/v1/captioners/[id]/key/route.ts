import { door } from '@/app/api/door'
import { captionerCard, forgetKey } from '@/lib/captioner/store'

export const DELETE = door(async ({ params }) => {
  forgetKey(params.id)
  return captionerCard(params.id)
})
