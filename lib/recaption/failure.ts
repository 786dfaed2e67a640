import { z } from 'zod'
import type { Usage } from '@/lib/captioner/types'
import { isAppError, messageOf } from '@/lib/errors'

/** What a failed call means for its sample and its run. */
export type Failure = {
  /** short and stable: equal causes have equal codes */
  code: string
  message: string
  /** asking again would not help */
  final: boolean
  /** the endpoint asked for this pause */
  waitMs?: number
  /** the endpoint says that there are too many calls */
  tooMany: boolean
  /** no answer came, from whatever stands before the model: no fault of the sample's */
  away: boolean
  /** nobody's call would go through now: the run is held */
  holds: boolean
  /** the answer to this very picture, and no word about the endpoint */
  ofSample: boolean
  /** what was counted for the call, though its answer is no caption */
  usage?: Usage
}

const Counted = z.object({ inputTokens: z.number(), outputTokens: z.number() }).optional().catch(undefined)

/** An endpoint may ask for a pause of this long at most; a longer one is tried again then. */
const LONGEST_WAIT = 15 * 60_000
const FIRST_WAIT = 500
const LAST_WAIT = 30_000

export function failureOf(error: unknown): Failure {
  const message = messageOf(error)
  if (!isAppError(error)) return { code: 'internal', message, final: false, tooMany: false, away: false, holds: false, ofSample: false }
  const { cause, status, retryAfterMs, auth, usage } = error.detail ?? {}
  const code = typeof cause === 'string' ? cause : error.code
  return {
    code,
    message,
    final: error.code !== 'unavailable' && error.code !== 'internal',
    waitMs: typeof retryAfterMs === 'number' && retryAfterMs >= 0 ? Math.min(retryAfterMs, LONGEST_WAIT) : undefined,
    tooMany: code === 'rate' || (status === 429 && code !== 'quota'),
    away: code === 'connection' || status === 502 || status === 503,
    holds: code === 'quota' || auth === true,
    ofSample: code === 'filtered',
    usage: Counted.parse(usage),
  }
}

/** Ms before attempt `attempts + 1`: doubling, with half of it by chance so that calls do not come back together. */
export const backOff = (attempts: number, chance = Math.random()): number => Math.min(LAST_WAIT, FIRST_WAIT * 2 ** Math.max(0, attempts - 1)) * (0.5 + chance / 2)
