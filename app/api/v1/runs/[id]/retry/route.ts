import { door } from '@/app/api/door'
import { idOf } from '@/app/api/params'
import { retryFailed, runById } from '@/lib/recaption/store'

/** Tries again what failed, and only that. */
export const POST = door(({ params }) => ({ again: retryFailed(runById(idOf(params.id)).id) }))
