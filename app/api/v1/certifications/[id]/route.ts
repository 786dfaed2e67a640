import { door } from '@/app/api/door'
import { idOf } from '@/app/api/params'
import { planById, planResult } from '@/lib/review/certify-store'

/** `result` is null while the plan is open, so that the looks stay blind. */
export const GET = door(({ params }) => ({ ...planById(idOf(params.id)), result: planResult(idOf(params.id)) }))
