import { AppError } from '@/lib/errors'
import { work } from '@/lib/job/loop'
import { newOwner } from '@/lib/job/owner'
import type { JobKind, JobPayload } from '@/lib/job/schema'
import { enqueue, jobById, workersAlive } from '@/lib/job/store'
import { handlers } from './handlers'
import type { Io } from './types'

const LOOK_MS = 250

/**
 * Has a job done and waits for it: by a worker that is alive, else here in this process, which then does that job alone: it
 * may cost money that nobody asked to spend now, or time, to take up what else is queued. `look` is called a few times a
 * second, to say how far it is. Throws 'unavailable' with the job's error when it failed.
 */
export async function perform<K extends JobKind>(kind: K, payload: JobPayload<K>, io: Io, look: () => void = () => {}): Promise<void> {
  const id = enqueue(kind, payload)
  const over = () => {
    const status = jobById(id)?.status
    return status !== 'queued' && status !== 'running'
  }
  const timer = setInterval(look, LOOK_MS)
  try {
    if (workersAlive().length > 0) {
      while (!over() && !io.signal.aborted && workersAlive().length > 0) await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
    }
    if (!over() && !io.signal.aborted) await work({ [kind]: handlers[kind] }, { signal: io.signal, owner: newOwner(), until: over, only: jobById(id)?.payload, pollMs: 50 })
    look()
  } finally {
    clearInterval(timer)
  }
  if (io.signal.aborted) throw new AppError('unavailable', 'Stopped. What was done is kept; the same command goes on from there.')
  const job = jobById(id)
  if (job?.status === 'failed') throw new AppError('unavailable', job.error ?? 'The work failed.')
}
