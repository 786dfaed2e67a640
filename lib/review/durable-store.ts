import { setTimeout as sleep } from 'node:timers/promises'
import { bulk } from '@/lib/db'
import { AppError } from '@/lib/errors'

/** How long a decision waits for another writer, in ms, before it says so. */
const PATIENCE = 15_000
/** How long one attempt may hold up this process while another one writes, in ms. */
const ONE_WAIT = 100

const busy = (error: unknown): boolean =>
  error instanceof Error && (('code' in error && String(error.code).startsWith('SQLITE_BUSY')) || error.message.includes('database connection is busy'))

function attempt<T>(work: () => T, synchronous: 'FULL' | 'NORMAL'): T {
  const sql = bulk()
  sql.pragma(`busy_timeout = ${ONE_WAIT}`)
  sql.pragma(`synchronous = ${synchronous}`)
  try {
    return sql.transaction(work).immediate()
  } finally {
    sql.pragma('synchronous = NORMAL')
    sql.pragma('busy_timeout = 5000')
  }
}

async function write<T>(work: () => T, synchronous: 'FULL' | 'NORMAL'): Promise<T> {
  const until = Date.now() + PATIENCE
  for (;;) {
    try {
      return attempt(work, synchronous)
    } catch (error) {
      if (!busy(error)) throw error
      if (Date.now() > until) throw new AppError('unavailable', 'The database is locked by another program, so nothing was saved. Try again.', { cause: error })
    }
    await sleep(2 + Math.random() * 20)
  }
}

/**
 * One transaction for a decision: it begins as a writer, so nothing that it reads can be stale, and what it answered is on
 * the disk. `work` is synchronous; the process is never held up for long by another writer. Throws 'unavailable' when the
 * database stays locked; nothing is written then.
 */
export const durable = <T>(work: () => T): Promise<T> => write(work, 'FULL')

/** The same for a chunk that counts only after a later durable write, or that can be written again. */
export const chunked = <T>(work: () => T): Promise<T> => write(work, 'NORMAL')
