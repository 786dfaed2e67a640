import { door } from '@/app/api/door'
import { idOf } from '@/app/api/params'
import { runProgress } from '@/lib/recaption/progress-store'

/** Where a run is, cheap enough to be asked for every second. */
export const GET = door(({ params }) => runProgress(idOf(params.id)))
