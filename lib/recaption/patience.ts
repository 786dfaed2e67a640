import { isAppError } from '@/lib/errors'
import { failureOf } from './failure'

/** Times the usual wait: the longest wait after a fault, … */
const LONGEST = 10
/** … how long faults in a row are borne while nothing is under way, … */
const BORNE = 30
/** … and while batches are, which end by themselves: a day, at the usual half minute. */
const BORNE_UNDER_WAY = 2880

/**
 * How long to wait after faults that pass by themselves: longer each time they come in a row. Faults that hold, such as a
 * wrong key or a used-up quota, and those that went on for too long are thrown again.
 */
export function patience(usualMs: number, now: () => number = Date.now): { well(): void; after(error: unknown, underWay: boolean): number } {
  let since: number | undefined
  let inARow = 0
  return {
    well() {
      since = undefined
      inARow = 0
    },
    after(error, underWay) {
      const { holds, waitMs = 0 } = failureOf(error)
      since ??= now()
      const overdue = now() - since > usualMs * (underWay ? BORNE_UNDER_WAY : BORNE)
      if (!isAppError(error) || error.code !== 'unavailable' || holds || overdue) throw error
      return Math.max(waitMs, usualMs * Math.min(LONGEST, 2 ** inARow++))
    },
  }
}
