import { door } from '@/app/api/door'
import { idOf } from '@/app/api/params'
import { planById } from '@/lib/recaption/plan-store'

export const GET = door(({ params }) => planById(idOf(params.id)))
