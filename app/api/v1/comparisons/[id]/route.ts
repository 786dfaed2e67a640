import { door } from '@/app/api/door'
import { idOf } from '@/app/api/params'
import { comparisonById, comparisonResult } from '@/lib/review/compare-store'

/** `result` is null until all pairs are judged, so that nobody stops at a good moment. */
export const GET = door(({ params }) => ({ ...comparisonById(idOf(params.id)), result: comparisonResult(idOf(params.id)) }))
