import { isAppError, messageOf } from '@/lib/errors'
import { log } from '@/lib/log'
import { jobPayloads, type JobKind, type JobPayload, type JobRow } from './schema'
import { claim, done, fail, farewell, forgetOld, freeStale, heartbeat, kindsFree, release } from './store'

export type JobContext = { jobId: number; owner: string; signal: AbortSignal }
/**
 * One handler a kind. Returning means done. To stop when `signal` is aborted, throw: the job is queued again untried. An
 * AppError other than 'unavailable' and 'internal' fails the job for good; anything else is tried again later.
 */
export type Handlers = { [K in JobKind]?: (payload: JobPayload<K>, context: JobContext) => Promise<void> }

export type LoopOptions = {
  signal: AbortSignal
  owner: string
  /** Called when nothing is due; may queue work that was left in the rows. */
  onIdle?: () => void
  /** The loop ends once this is true and nothing of its own runs: for a command that works through its own job. */
  until?: () => boolean
  /** the one payload that is worked on, as it is stored; whatever else waits is left to others */
  only?: string
  pollMs?: number
}

const HEARTBEAT_MS = 4000
const FINAL = new Set(['invalid', 'refused', 'not_found', 'conflict'])

async function deliver<K extends JobKind>(handler: (payload: JobPayload<K>, context: JobContext) => Promise<void>, job: JobRow, context: JobContext) {
  await handler(jobPayloads[job.kind].parse(JSON.parse(job.payload)) as JobPayload<K>, context)
}

async function perform(handlers: Handlers, job: JobRow, context: JobContext): Promise<void> {
  try {
    await deliver(handlers[job.kind] as (payload: JobPayload<JobKind>, context: JobContext) => Promise<void>, job, context)
    done(job.id, context.owner)
  } catch (error) {
    if (context.signal.aborted) {
      release(job.id, context.owner)
      return
    }
    const later = isAppError(error) ? error.detail?.retryAfterMs : undefined
    const left = fail({ job, owner: context.owner, error: messageOf(error), final: isAppError(error) && FINAL.has(error.code), retryAfterMs: typeof later === 'number' ? later : undefined })
    log.warn({ job: job.id, kind: job.kind, left, error: messageOf(error) }, 'a job failed')
  }
}

/** Works through the queue until `signal` is aborted; then running handlers are told, waited for, and their jobs given back. */
export async function work(handlers: Handlers, { signal, owner, onIdle, until, only, pollMs = 300 }: LoopOptions): Promise<void> {
  const offered = Object.keys(handlers) as JobKind[]
  const running = new Map<number, { kind: JobKind; end: Promise<void> }>()
  let wake = () => {}
  const rest = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, pollMs)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  const beat = () => {
    try {
      heartbeat(owner, only !== undefined)
      freeStale()
    } catch (error) {
      log.error({ error: messageOf(error) }, 'the heartbeat could not be written')
    }
  }
  beat()
  const timer = setInterval(beat, HEARTBEAT_MS)
  const stop = () => wake()
  signal.addEventListener('abort', stop)
  try {
    while (!signal.aborted) {
      const over = until?.() ?? false
      if (over && running.size === 0) break
      const kinds = kindsFree([...running.values()].map((one) => one.kind), offered)
      const job = over ? undefined : claim(owner, kinds, only)
      if (job) {
        const end = perform(handlers, job, { jobId: job.id, owner, signal }).finally(() => {
          running.delete(job.id)
          wake()
        })
        running.set(job.id, { kind: job.kind, end })
        continue
      }
      if (!over) onIdle?.()
      await rest()
    }
    await Promise.all([...running.values()].map((one) => one.end))
    forgetOld()
  } finally {
    clearInterval(timer)
    signal.removeEventListener('abort', stop)
    farewell(owner)
  }
}
