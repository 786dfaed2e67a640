import { door } from '@/app/api/door'
import { idOf } from '@/app/api/params'
import { blindPicture } from '@/lib/review/blind-store'
import { comparisonById, nextPair } from '@/lib/review/compare-store'

/** The next pair without a word about whose texts they are; null when all are judged. */
export const GET = door(({ params }) => {
  const { pairs, judged, status } = comparisonById(idOf(params.id))
  const next = nextPair(idOf(params.id))
  return { pairs, judged, status, next: next && { ...next, sample: blindPicture(next.sampleId) } }
})
