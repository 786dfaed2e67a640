import { setTimeout as sleep } from 'node:timers/promises'
import { bulk, decisions, type Prisma } from '@/lib/db'
import { AppError } from '@/lib/errors'

/** How long a decision waits for another writer, in ms, before it says so. */
const PATIENCE = 15_000
/** How long one attempt may hold up this process while another one writes, in ms. */
const ONE_WAIT = 100

const code = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '')

// P1008: Prisma's word for SQLITE_BUSY; P2028: its own queue was full for too long; P2034: a serialization failure (PostgreSQL).
const busy = (error: unknown): boolean =>
  code(error).startsWith('SQLITE_BUSY') || ['P1008', 'P2028', 'P2034'].includes(code(error)) || (error instanceof Error && error.message.includes('database connection is busy'))

/** Whether a row with the same unique key was there already. */
export const isTaken = (error: unknown): boolean => code(error) === 'P2002'

async function patiently<T>(attempt: () => T | Promise<T>): Promise<T> {
  const until = Date.now() + PATIENCE
  for (;;) {
    try {
      return await attempt()
    } catch (error) {
      if (!busy(error)) throw error
      if (Date.now() > until) throw new AppError('unavailable', 'The database is locked by another program, so nothing was saved. Try again.', { cause: error })
    }
    await sleep(1 + Math.random() * 6)
  }
}

export type Tx = Prisma.TransactionClient

/**
 * One decision in one transaction, on the disk before it is answered. Its first statement is a write, so that nothing that
 * it reads can be stale. Runs again when another writer was in the way; throws 'unavailable' when the database stays
 * locked, and nothing is written then.
 */
export const deciding = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => patiently(async () => (await decisions()).$transaction(work, { maxWait: PATIENCE, timeout: PATIENCE }))

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

/**
 * One transaction of a bulk step that must be on the disk: it begins as a writer, so nothing that it reads can be stale.
 * `work` is synchronous; the process is never held up for long by another writer. Throws 'unavailable' when the database
 * stays locked; nothing is written then.
 */
export const durable = <T>(work: () => T): Promise<T> => patiently(() => attempt(work, 'FULL'))

/** The same for a chunk that counts only after a later durable write, or that can be written again. */
export const chunked = <T>(work: () => T): Promise<T> => patiently(() => attempt(work, 'NORMAL'))
