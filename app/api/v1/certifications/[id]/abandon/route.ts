import { door } from '@/app/api/door'
import { idOf } from '@/app/api/params'
import { abandonPlan, planResult } from '@/lib/review/certify-store'

/** Gives an open plan up; it counts as not certified. */
export const POST = door(async ({ params }) => {
  const plan = await abandonPlan(idOf(params.id))
  return { ...plan, result: planResult(plan.id) }
}, 201)
