import { bulk } from '@/lib/db'
import { AppError, isAppError } from '@/lib/errors'
import { turnBatch, type BatchView } from './batch-store'
import { durable } from './durable-store'
import { IN_FORCE, BATCH_COUNTS } from './log-store'
import { applyBatch } from './run'
import type { Actor } from './schema'
import { later, type Step } from './step'
import { redo, undo, type Decided } from './store'

export type Turned = { decision: Decided } | { batch: BatchView }

/** The reviewer's newest step that is in force. */
function toUndo(reviewer: string, datasetId: number): Step | undefined {
  const verdict = bulk()
    .prepare(`SELECT v.id FROM Verdict v WHERE v.datasetId = ? AND v.reviewer = ? AND v.batchId IS NULL AND v.rootId IS NULL AND ${IN_FORCE} ORDER BY v.id DESC LIMIT 1`)
    .pluck().get(datasetId, reviewer) as number | undefined
  const batch = bulk()
    .prepare(`SELECT b.id, b.seen FROM Batch b WHERE b.datasetId = ? AND b.reviewer = ? AND b.rootId IS NULL AND b.act <> 'rollback' AND ${BATCH_COUNTS} ORDER BY b.seen DESC, b.id DESC LIMIT 1`)
    .get(datasetId, reviewer) as { id: number; seen: number } | undefined
  return later(verdict === undefined ? undefined : { root: verdict, seen: verdict, batch: null }, batch && { root: batch.id, seen: batch.seen, batch: batch.id })
}

/** The step that the reviewer took back last, unless something new was decided since. */
function toRedo(reviewer: string, datasetId: number): Step | undefined {
  const sql = bulk()
  const newest = later(
    step(sql.prepare(`SELECT id AS root, id AS seen, NULL AS batch FROM Verdict WHERE datasetId = ? AND reviewer = ? AND batchId IS NULL AND rootId IS NULL ORDER BY id DESC LIMIT 1`).get(datasetId, reviewer)),
    step(sql.prepare(`SELECT id AS root, seen, id AS batch FROM Batch WHERE datasetId = ? AND reviewer = ? AND rootId IS NULL AND act <> 'rollback' AND status = 'closed' ORDER BY seen DESC, id DESC LIMIT 1`).get(datasetId, reviewer)),
  )
  if (!newest) return undefined
  const undone = later(
    step(
      sql.prepare(`SELECT v.rootId AS root, max(v.id) AS seen, NULL AS batch FROM Verdict v WHERE v.datasetId = ? AND v.reviewer = ? AND v.batchId IS NULL AND v.id > ? AND v.rootId IS NOT NULL
        AND (SELECT count(*) FROM Verdict u WHERE u.rootId = v.rootId) % 2 = 1 GROUP BY v.rootId ORDER BY seen DESC LIMIT 1`).get(datasetId, reviewer, newest.seen),
    ),
    step(
      sql.prepare(`SELECT b.rootId AS root, b.seen, b.id AS batch FROM Batch b WHERE b.datasetId = ? AND b.reviewer = ? AND b.rootId IS NOT NULL AND b.act <> 'rollback' AND b.status = 'closed'
        AND (SELECT count(*) FROM Batch u WHERE u.rootId = b.rootId AND u.status = 'closed') % 2 = 1 ORDER BY b.seen DESC, b.id DESC LIMIT 1`).get(datasetId, reviewer),
    ),
  )
  return undone && later(newest, undone) === undone ? undone : undefined
}

const step = (row: unknown) => row as Step | undefined

async function turnOne(actor: Actor, datasetId: number, on: boolean, tries = 3): Promise<Turned> {
  const found = on ? toRedo(actor.reviewer, datasetId) : toUndo(actor.reviewer, datasetId)
  if (!found) throw new AppError('not_found', on ? 'There is nothing to redo.' : 'There is nothing of yours to undo here.')
  try {
    if (found.batch === null) return { decision: await (on ? redo : undo)(actor, found.root) }
    const batch = await durable(() => turnBatch(actor, found.root, on))
    await applyBatch(batch.id)
    return { batch }
  } catch (error) {
    // The same person turned this step in another window meanwhile: go on with the next one.
    if (tries > 1 && isAppError(error) && error.code === 'conflict') return turnOne(actor, datasetId, on, tries - 1)
    throw error
  }
}

/** Takes back the actor's newest step in this dataset, a whole bulk step included. Throws 'not_found' when there is none. */
export const undoLast = (actor: Actor, datasetId: number): Promise<Turned> => turnOne(actor, datasetId, false)

/** Puts back what `undoLast` took back last. */
export const redoLast = (actor: Actor, datasetId: number): Promise<Turned> => turnOne(actor, datasetId, true)
