import type { Params } from '@/lib/captioner/types'
import { bulk, DB_CLOCK, now } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { enqueue } from '@/lib/job/store'
import { hashOf } from './fingerprint'
import { valueOf } from '@/lib/prepared'
import { ParamsInput, RunExtras, type RunRow, type RunStatus } from './schema'

type Raw = Omit<RunRow, 'params' | 'rolledBack' | 'extras'> & { params: string; retiredAt: string | null; request: string }
const COLUMNS = `id, datasetId, captioner, model, recipe, recipeVersion, kind, params, filter, budget, spent, status, why, total, done, failed, skipped, author, createdAt, startedAt, finishedAt, retiredAt, request`
const view = ({ retiredAt, request, ...raw }: Raw): RunRow => ({ ...raw, params: ParamsInput.parse(JSON.parse(raw.params)), rolledBack: retiredAt !== null, extras: RunExtras.parse(JSON.parse(request)) })

export function findRun(id: number): RunRow | undefined {
  const raw = bulk().prepare(`SELECT ${COLUMNS} FROM Run WHERE id = ?`).get(id) as Raw | undefined
  return raw && view(raw)
}

export function runById(id: number): RunRow {
  const run = findRun(id)
  if (!run) throw new AppError('not_found', `There is no run ${id}.`)
  return run
}

/** Runs of a dataset, newest first. `before`: the id of the last one seen. */
export const listRuns = (datasetId: number, limit = 50, before = Number.MAX_SAFE_INTEGER): RunRow[] =>
  (bulk().prepare(`SELECT ${COLUMNS} FROM Run WHERE datasetId = ? AND id < ? ORDER BY id DESC LIMIT ?`).all(datasetId, before, limit) as Raw[]).map(view)

export type NewRun = Pick<RunRow, 'datasetId' | 'captioner' | 'model' | 'recipe' | 'recipeVersion' | 'kind' | 'filter' | 'author'> & { params: Params; budget?: number; extras: RunExtras }

const UNFINISHED = `('pending', 'running', 'paused')`

/** What makes two requests the same: everything that changes what is written, nothing about pace, price or who asks. */
export function fingerprintOf(run: NewRun): string {
  const { keys, rejectedFor, another, hint, keepIfBetter, batch } = run.extras
  return hashOf([run.datasetId, run.captioner, run.model, run.recipe, run.recipeVersion, run.kind, run.params, run.filter, { keys, rejectedFor, another, hint, keepIfBetter, batch: batch || undefined }])
}

/**
 * Where a run really asks again, its questions are told apart from those of all runs before: by what it asks, and how
 * often that was asked and finished. The same before a run begins and while it goes on.
 */
export function saltOf(run: NewRun): string {
  if (!run.extras.another && run.extras.rejectedFor === undefined) return ''
  const print = fingerprintOf(run)
  const finished = bulk().prepare(`SELECT count(*) FROM Run WHERE fingerprint = ? AND status NOT IN ${UNFINISHED}`).pluck().get(print) as number
  return hashOf([print, finished])
}

export const unfinishedRun = (run: NewRun): number | undefined =>
  bulk().prepare(`SELECT id FROM Run WHERE fingerprint = ? AND status IN ${UNFINISHED} ORDER BY id DESC LIMIT 1`).pluck().get(fingerprintOf(run)) as number | undefined

/** The run of this request: the unfinished one, set going again with the new budget and pace, or a new one. Queues its job. */
export function startRun(run: NewRun): { id: number; resumed: boolean } {
  const sql = bulk()
  const print = fingerprintOf(run)
  const started = sql
    .transaction(() => {
      const open = unfinishedRun(run)
      if (open !== undefined) {
        const { examples, salt } = runById(open).extras
        sql
          .prepare(`UPDATE Run SET status = CASE WHEN startedAt IS NULL THEN 'pending' ELSE 'running' END, why = '', budget = ?, request = ? WHERE id = ?`)
          .run(run.budget ?? null, JSON.stringify({ ...run.extras, examples, salt }), open)
        return { id: open, resumed: true }
      }
      const added = sql
        .prepare(`INSERT INTO Run (datasetId, captioner, model, recipe, recipeVersion, kind, params, filter, fingerprint, budget, author, request, createdAt) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
        .run(run.datasetId, run.captioner, run.model, run.recipe, run.recipeVersion, run.kind, JSON.stringify(run.params), run.filter, print, run.budget ?? null, run.author, JSON.stringify({ ...run.extras, salt: saltOf(run) }), now())
      return { id: Number(added.lastInsertRowid), resumed: false }
    })
    .immediate()
  enqueue('run', { runId: started.id })
  return started
}

/** A change of status that holds only from these; false when the run was elsewhere. */
function move(id: number, from: readonly RunStatus[], set: string, ...values: unknown[]): boolean {
  return bulk().prepare(`UPDATE Run SET ${set} WHERE id = ? AND status IN (SELECT value FROM json_each(?))`).run(...values, id, JSON.stringify(from)).changes > 0
}

export const runStatus = (id: number): RunStatus | undefined => valueOf<RunStatus>(`SELECT status FROM Run WHERE id = ?`, id)

/** Holds a run; calls under way end and are kept. False when it is not under way. */
export const pauseRun = (id: number, why = 'Paused by a person.'): boolean => move(id, ['pending', 'running'], `status = 'paused', why = ?`, why)

/** Goes on with a paused run, with a new budget where one is given. */
export function resumeRun(id: number, budget?: number): boolean {
  const moved = move(id, ['paused'], `status = CASE WHEN startedAt IS NULL THEN 'pending' ELSE 'running' END, why = '', budget = coalesce(?, budget)`, budget ?? null)
  if (moved) enqueue('run', { runId: id })
  return moved
}

/** Ends a run for good: what is written stays, what was not begun is skipped. */
export function cancelRun(id: number): boolean {
  const sql = bulk()
  const cancelled = sql
    .transaction(() => {
      if (!move(id, ['pending', 'running', 'paused'], `status = 'cancelled', why = 'Cancelled by a person.', finishedAt = ?`, now())) return false
      const left = sql.prepare(`UPDATE RunItem SET status = 'skipped', errorCode = 'cancelled', error = NULL WHERE runId = ? AND status = 'pending'`).run(id).changes
      sql.prepare(`UPDATE Run SET skipped = skipped + ? WHERE id = ?`).run(left, id)
      return true
    })
    .immediate()
  // somebody must settle what is on trial, also of a run that nobody works on
  if (cancelled) enqueue('run', { runId: id })
  return cancelled
}

/** Puts the failed samples of a run back to work, those of one cause or all, with fresh attempts, and sets the run going. Returns how many. Throws 'conflict' for a run that was cancelled or rolled back. */
export function retryFailed(id: number, cause?: string): number {
  const sql = bulk()
  const count = sql
    .transaction(() => {
      const { status, rolledBack } = runById(id)
      if (rolledBack) throw new AppError('conflict', `Run ${id} is rolled back: new captions of it would be out of play. Undo the roll-back first, or start another run.`)
      if (status === 'cancelled') throw new AppError('conflict', `Run ${id} was cancelled for good. Start another run; answers that are stored cost nothing again.`)
      const back = sql.prepare(`UPDATE RunItem SET status = 'pending', attempts = 0, runAfter = 0, error = NULL, errorCode = NULL, finishedAt = NULL WHERE runId = ? AND status = 'failed' AND (? IS NULL OR errorCode = ?)`).run(id, cause ?? null, cause ?? null).changes
      if (back) sql.prepare(`UPDATE Run SET failed = failed - ?, status = 'running', why = '', finishedAt = NULL WHERE id = ?`).run(back, id)
      return back
    })
    .immediate()
  if (count) enqueue('run', { runId: id })
  return count
}

/** Ends a run when no item is left to do or under way. */
export const finishRun = (id: number): boolean =>
  bulk().prepare(`UPDATE Run SET status = 'done', why = '', finishedAt = ? WHERE id = ? AND status = 'running' AND NOT EXISTS (SELECT 1 FROM RunItem WHERE runId = Run.id AND status IN ('pending', 'running'))`).run(now(), id).changes > 0

/** Ends a run that can never work, e.g. because its recipe is gone. */
export const failRun = (id: number, why: string): boolean => move(id, ['pending', 'running', 'paused'], `status = 'failed', why = ?, finishedAt = ?`, why, now())

/**
 * Queues a job for each run that has work to do and no job waiting: the queue is a hint and may be lost, the rows are
 * not; and so an idle worker joins a run that another one serves.
 */
export function wakeRuns(): number {
  const due = bulk()
    .prepare(`SELECT r.id FROM Run r WHERE (r.status = 'pending' OR (r.status = 'running' AND EXISTS (SELECT 1 FROM RunItem i WHERE i.runId = r.id AND i.status = 'pending' AND i.runAfter <= ${DB_CLOCK})))
      AND NOT EXISTS (SELECT 1 FROM Job j WHERE j.kind = 'run' AND j.status = 'queued' AND j.payload = json_object('runId', r.id)) ORDER BY r.id LIMIT 20`)
    .pluck()
    .all() as number[]
  for (const id of due) enqueue('run', { runId: id })
  return due.length
}
