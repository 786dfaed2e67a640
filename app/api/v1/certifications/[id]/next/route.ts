import { door } from '@/app/api/door'
import { idOf } from '@/app/api/params'
import { blindSample } from '@/lib/review/blind-store'
import { nextOfPlan, planById } from '@/lib/review/certify-store'

/** The next caption to look at, or null when the plan has its answer. */
export const GET = door(({ params }) => {
  const { size, looked, status } = planById(idOf(params.id))
  const next = nextOfPlan(idOf(params.id))
  return { size, looked, status, next: next && { position: next.position, ...blindSample(next.sampleId, next.captionId) } }
})
