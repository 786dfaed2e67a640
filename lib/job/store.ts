import { bulk, DB_CLOCK, now } from '@/lib/db'
import { redact } from '@/lib/log'
import { ownerGone } from './owner'
import { jobPayloads, jobsAtOnce, sharedKinds, type JobKind, type JobPayload, type JobRow } from './schema'

/** A job is leased for this long; its worker renews every few seconds. */
export const LEASE_MS = 30_000
const TRIES = 5
/** A job that ended its worker this often without a word is given up. */
const CRASHES = 60
const COLUMNS = `id, kind, payload, status, attempts, owner, error`

/** Queues work. The same work still queued is one job. Returns its id. */
export function enqueue<K extends JobKind>(kind: K, payload: JobPayload<K>): number {
  const text = JSON.stringify(jobPayloads[kind].parse(payload))
  const sql = bulk()
  return sql
    .transaction(() => {
      const queued = sql.prepare(`SELECT id FROM Job WHERE status = 'queued' AND kind = ? AND payload = ? ORDER BY id LIMIT 1`).pluck().get(kind, text) as number | undefined
      return queued ?? Number(sql.prepare(`INSERT INTO Job (kind, payload, createdAt) VALUES (?, ?, ?)`).run(kind, text, now()).lastInsertRowid)
    })
    .immediate()
}

/**
 * Takes the oldest job of these kinds that is due, by one conditional statement; undefined when there is none. The same
 * payload is never worked on twice at a time, save by different workers where its rows share out the work. With `only`
 * nothing but that payload is taken.
 */
export function claim(owner: string, kinds: readonly JobKind[], only?: string): JobRow | undefined {
  return bulk()
    .prepare(`UPDATE Job SET status = 'running', owner = @owner, attempts = attempts + 1, leaseUntil = ${DB_CLOCK} + ${LEASE_MS}
      WHERE status = 'queued' AND id = (SELECT j.id FROM Job j WHERE j.status = 'queued' AND j.runAfter <= ${DB_CLOCK} AND j.kind IN (SELECT value FROM json_each(@kinds)) AND (@only IS NULL OR j.payload = @only)
        AND NOT EXISTS (SELECT 1 FROM Job r WHERE r.status = 'running' AND r.kind = j.kind AND r.payload = j.payload
          AND (r.owner = @owner OR j.kind NOT IN (SELECT value FROM json_each(@shared))))
        ORDER BY j.id LIMIT 1)
      RETURNING ${COLUMNS}`)
    .get({ owner, kinds: JSON.stringify(kinds), shared: JSON.stringify(sharedKinds), only: only ?? null }) as JobRow | undefined
}

/** Kinds of which this worker may take one more, given what it runs. */
export const kindsFree = (running: readonly JobKind[], offered: readonly JobKind[]): JobKind[] =>
  offered.filter((kind) => running.filter((one) => one === kind).length < jobsAtOnce[kind])

const mine = (set: string) => bulk().prepare(`UPDATE Job SET ${set}, owner = NULL WHERE id = ? AND owner = ? AND status = 'running'`)

/** Ends a job well. False when it was no longer this worker's. */
export const done = (id: number, owner: string): boolean => mine(`status = 'done', error = NULL`).run(id, owner).changes > 0

/** Gives a job back untried, because its worker stops. */
export const release = (id: number, owner: string): boolean => mine(`status = 'queued', attempts = max(attempts - 1, 0)`).run(id, owner).changes > 0

/** A failed try: queued again with a growing delay, or failed for good when `final` or tried ${TRIES} times. */
export function fail(input: { job: Pick<JobRow, 'id' | 'attempts'>; owner: string; error: string; final?: boolean; retryAfterMs?: number }): 'queued' | 'failed' | 'lost' {
  const { job, owner } = input
  const last = input.final || job.attempts >= TRIES
  const wait = input.retryAfterMs ?? Math.min(60_000, 1000 * 2 ** job.attempts)
  const changed = last
    ? bulk().prepare(`UPDATE Job SET status = 'failed', owner = NULL, error = ? WHERE id = ? AND owner = ? AND status = 'running'`).run(redact(input.error), job.id, owner).changes
    : bulk().prepare(`UPDATE Job SET status = 'queued', owner = NULL, error = ?, runAfter = ${DB_CLOCK} + ? WHERE id = ? AND owner = ? AND status = 'running'`).run(redact(input.error), wait, job.id, owner).changes
  return changed === 0 ? 'lost' : last ? 'failed' : 'queued'
}

/** Keeps a worker's jobs its own, and says that it lives to whoever would give it more; `alone`: it takes no more. */
export function heartbeat(owner: string, alone = false): void {
  const sql = bulk()
  sql
    .transaction(() => {
      if (!alone) sql.prepare(`INSERT INTO Heartbeat (owner, seenAt) VALUES (?, ${DB_CLOCK}) ON CONFLICT (owner) DO UPDATE SET seenAt = excluded.seenAt`).run(owner)
      sql.prepare(`UPDATE Job SET leaseUntil = ${DB_CLOCK} + ${LEASE_MS} WHERE owner = ? AND status = 'running'`).run(owner)
    })
    .immediate()
}

export const farewell = (owner: string): void => void bulk().prepare(`DELETE FROM Heartbeat WHERE owner = ?`).run(owner)

/** Workers that said within `ms` that they live, and whose process is not known to be gone. */
export function workersAlive(ms = 15_000): string[] {
  const owners = bulk().prepare(`SELECT owner FROM Heartbeat WHERE seenAt > ${DB_CLOCK} - ? ORDER BY owner`).pluck().all(ms) as string[]
  return owners.filter((owner) => !ownerGone(owner))
}

/** Queues jobs again whose worker is gone or whose lease ran out. Returns how many. */
export function freeStale(): number {
  const sql = bulk()
  const owners = sql.prepare(`SELECT DISTINCT owner FROM Job WHERE status = 'running' AND owner IS NOT NULL`).pluck().all() as string[]
  const gone = JSON.stringify(owners.filter(ownerGone))
  return sql
    .prepare(`UPDATE Job SET owner = NULL, status = CASE WHEN attempts >= ${CRASHES} THEN 'failed' ELSE 'queued' END,
        error = CASE WHEN attempts >= ${CRASHES} THEN 'Every worker that took this job ended without a word. Look at the system log for memory or crashes.' ELSE error END
      WHERE status = 'running' AND (leaseUntil < ${DB_CLOCK} OR owner IN (SELECT value FROM json_each(?)))`)
    .run(gone).changes
}

export const jobById = (id: number): JobRow | undefined => bulk().prepare(`SELECT ${COLUMNS} FROM Job WHERE id = ?`).get(id) as JobRow | undefined

/** Jobs not finished yet, oldest first. */
export const openJobs = (): JobRow[] => bulk().prepare(`SELECT ${COLUMNS} FROM Job WHERE status IN ('queued', 'running') ORDER BY id LIMIT 200`).all() as JobRow[]

/** Forgets finished jobs but the newest `keep`: the rows they named hold what they did. */
export const forgetOld = (keep = 1000): number => bulk().prepare(`DELETE FROM Job WHERE status = 'done' AND id < (SELECT coalesce(max(id), 0) - ? FROM Job)`).run(keep).changes
