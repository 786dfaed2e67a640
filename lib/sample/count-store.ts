import { setImmediate } from 'node:timers/promises'
import { bulk } from '@/lib/db'
import { parseFilter } from './filter'
import { whereOf } from './query'

/** Samples looked at in one statement, so that other requests get their turn in between. */
const STEP = 50_000

/** How many samples match, exactly, counted in steps that never hold the process for long. */
export async function exactCount(datasetId: number, filter: string, signal?: AbortSignal): Promise<number> {
  const where = whereOf(parseFilter(filter), datasetId)
  const { first, last } = bulk().prepare(`SELECT min(id) AS first, max(id) AS last FROM Sample WHERE datasetId = ?`).get(datasetId) as { first: number | null; last: number | null }
  if (first === null || last === null) return 0
  const step = bulk().prepare(`SELECT count(*) FROM Sample s WHERE ${where.sql} AND s.id >= ? AND s.id < ?`).pluck()
  let count = 0
  for (let from = first; from <= last; from += STEP) {
    signal?.throwIfAborted()
    count += step.get(...where.params, from, from + STEP) as number
    await setImmediate()
  }
  return count
}
