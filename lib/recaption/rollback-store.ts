import { z } from 'zod'
import { bulk, now } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { cancelRun, runById } from './store'

const Spec = z.object({ runId: z.number(), stamp: z.string() })
const CHUNK = 2000

/** Steps through a run's captions in short transactions. */
function inChunks(step: (after: number) => number[]): number {
  let count = 0
  for (let ids = step(0); ids.length > 0; ids = step(ids[ids.length - 1])) count += ids.length
  return count
}

/** The roll-back of a run that is begun or in force, with its time stamp. */
function standing(runId: number): { id: number; status: string; stamp: string } | undefined {
  const rows = bulk()
    .prepare(`SELECT b.id, b.status, b.spec FROM Batch b WHERE b.datasetId = ? AND b.act = 'rollback' AND b.undoesId IS NULL AND json_extract(b.spec, '$.runId') = ? AND NOT EXISTS (SELECT 1 FROM Batch u WHERE u.undoesId = b.id AND u.status = 'closed') ORDER BY b.id DESC LIMIT 1`)
    .all(runById(runId).datasetId, runId) as { id: number; status: string; spec: string }[]
  return rows.map(({ id, status, spec }) => ({ id, status, stamp: Spec.parse(JSON.parse(spec)).stamp }))[0]
}

/**
 * Takes the captions of a run out of play in one step; verdicts, edits by people and the rows stay. A run under way is
 * cancelled first. It counts when its batch is closed; one that was cut short is gone on with. Returns how many.
 */
export function rollBackRun(actor: string, runId: number): { batch: number; captions: number } {
  const sql = bulk()
  const run = runById(runId)
  const before = standing(runId)
  if (before?.status === 'closed') throw new AppError('conflict', `Run ${runId} is rolled back already.`)
  cancelRun(runId)
  const stamp = before?.stamp ?? now()
  const batch = before?.id ?? Number(sql.prepare(`INSERT INTO Batch (datasetId, act, spec, reviewer, createdAt) VALUES (?, 'rollback', ?, ?, ?)`).run(run.datasetId, JSON.stringify({ runId, stamp }), actor, now()).lastInsertRowid)
  const select = sql.prepare(`SELECT id FROM Caption WHERE runId = ? AND id > ? AND retiredAt IS NULL ORDER BY id LIMIT ${CHUNK}`).pluck()
  const retire = sql.prepare(`UPDATE Caption SET retiredAt = ? WHERE id IN (SELECT value FROM json_each(?)) AND retiredAt IS NULL`)
  inChunks((after) => {
    const ids = select.all(runId, after) as number[]
    retire.run(stamp, JSON.stringify(ids))
    return ids
  })
  const captions = sql
    .transaction(() => {
      // From here on a call that was under way finds the stamp at its run; what came until now is taken in this step.
      sql.prepare(`UPDATE Caption SET retiredAt = ? WHERE runId = ? AND retiredAt IS NULL`).run(stamp, runId)
      const count = sql.prepare(`SELECT count(*) FROM Caption WHERE runId = ? AND retiredAt = ?`).pluck().get(runId, stamp) as number
      sql.prepare(`UPDATE Batch SET status = 'closed', applied = 1, count = ?, closedAt = ? WHERE id = ?`).run(count, now(), batch)
      sql.prepare(`UPDATE Run SET retiredAt = ? WHERE id = ?`).run(stamp, runId)
      return count
    })
    .immediate()
  return { batch, captions }
}

/** Undoes the roll-back of a run in one step: what it took out of play is back, nothing else. */
export function undoRollBack(actor: string, runId: number): { batch: number; captions: number } {
  const sql = bulk()
  const rolled = standing(runId)
  if (rolled?.status !== 'closed') throw new AppError('conflict', `Run ${runId} is not rolled back.`)
  const open = sql.prepare(`SELECT id FROM Batch WHERE undoesId = ?`).pluck().get(rolled.id) as number | undefined
  const spec = JSON.stringify({ runId, stamp: rolled.stamp })
  const batch = open ?? Number(sql.prepare(`INSERT INTO Batch (datasetId, act, spec, reviewer, undoesId, rootId, createdAt) VALUES (?, 'rollback', ?, ?, ?, ?, ?)`).run(runById(runId).datasetId, spec, actor, rolled.id, rolled.id, now()).lastInsertRowid)
  const select = sql.prepare(`SELECT id FROM Caption WHERE runId = ? AND id > ? AND retiredAt = ? ORDER BY id LIMIT ${CHUNK}`).pluck()
  const revive = sql.prepare(`UPDATE Caption SET retiredAt = NULL WHERE id IN (SELECT value FROM json_each(?))`)
  const captions = inChunks((after) => {
    const ids = select.all(runId, after, rolled.stamp) as number[]
    revive.run(JSON.stringify(ids))
    return ids
  })
  sql
    .transaction(() => {
      sql.prepare(`UPDATE Batch SET status = 'closed', applied = 1, count = ?, closedAt = ? WHERE id = ?`).run(captions, now(), batch)
      sql.prepare(`UPDATE Run SET retiredAt = NULL WHERE id = ?`).run(runId)
    })
    .immediate()
  return { batch, captions }
}
