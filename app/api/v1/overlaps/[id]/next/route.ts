import { z } from 'zod'
import { door, queryOf } from '@/app/api/door'
import { idOf } from '@/app/api/params'
import { blindSample } from '@/lib/review/blind-store'
import { nextForPerson } from '@/lib/review/overlap-store'
import { ReviewerName } from '@/lib/review/schema'

/** The next caption that this person has not judged, without the others' opinions; null when there is none. */
export const GET = door(({ params, url }) => {
  const next = nextForPerson(queryOf(url, z.object({ reviewer: ReviewerName })), idOf(params.id))
  return { next: next && { item: next.id, ...blindSample(next.sampleId, next.captionId) } }
})
