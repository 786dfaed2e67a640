import { bulk, DB_CLOCK, now } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { chunked, durable } from './durable-store'
import { append, rememberReviewer, settleMany, type NewVerdict, type VerdictRow } from './log-store'
import type { Actor } from './schema'

export type BatchView = {
  id: number
  datasetId: number
  act: string
  spec: Record<string, unknown>
  reviewer: string
  status: 'open' | 'closed' | 'failed'
  /** standings have followed */
  applied: boolean
  count: number
  rootId: number | null
  undone: boolean
  createdAt: string
  closedAt: string | null
}
type Row = Omit<BatchView, 'spec' | 'applied' | 'undone'> & { spec: string; applied: number; undone: number; appliedTo: number }

const SELECT = `SELECT b.*, (SELECT count(*) FROM Batch u WHERE u.rootId = b.id AND u.status = 'closed') % 2 AS undone FROM Batch b`
const FREE = `UPDATE Verdict SET token = NULL WHERE batchId = ? AND token IS NOT NULL`
const NEWEST = `(SELECT coalesce(max(id), 0) FROM Verdict)`
/** An open batch that has not written for this long, in ms, belongs to a process that died. */
const SILENCE = 60_000

const view = ({ id, datasetId, act, spec, reviewer, status, applied, count, rootId, undone, createdAt, closedAt }: Row): BatchView => ({
  id, datasetId, act, spec: JSON.parse(spec) as Record<string, unknown>, reviewer, status, applied: Boolean(applied), count, rootId, undone: Boolean(undone), createdAt, closedAt,
})

function row(id: number): Row {
  const found = bulk().prepare(`${SELECT} WHERE b.id = ?`).get(id) as Row | undefined
  if (!found) throw new AppError('not_found', `There is no bulk step ${id}.`)
  return found
}

export const batchById = (id: number): BatchView => view(row(id))

/** The bulk steps of a dataset, newest first; undos and redos are told by the steps' own `undone`. */
export const batches = (datasetId: number, limit = 50): BatchView[] =>
  (bulk().prepare(`${SELECT} WHERE b.datasetId = ? AND b.rootId IS NULL AND b.status = 'closed' ORDER BY b.id DESC LIMIT ?`).all(datasetId, limit) as Row[]).map(view)

export type BatchUnderWay = { id: number; act: string; reviewer: string; written: number }

/** Bulk steps that are being written now, with how many verdicts they hold so far; none of them counts yet. */
export const batchesUnderWay = (datasetId: number): BatchUnderWay[] =>
  bulk()
    .prepare(`SELECT b.id, b.act, b.reviewer, (SELECT count(*) FROM Verdict v WHERE v.batchId = b.id) AS written FROM Batch b WHERE b.datasetId = ? AND b.status = 'open' AND b.beatAt > ${DB_CLOCK} - ? ORDER BY b.id`)
    .all(datasetId, SILENCE) as BatchUnderWay[]

export const openBatch = (actor: Actor, given: { datasetId: number; act: string; spec: object }): Promise<number> =>
  durable(() => {
    rememberReviewer(actor.reviewer)
    const made = bulk()
      .prepare(`INSERT INTO Batch (datasetId, act, spec, reviewer, status, beatAt, createdAt) VALUES (?, ?, ?, ?, 'open', ${DB_CLOCK}, ?)`)
      .run(given.datasetId, given.act, JSON.stringify(given.spec), actor.reviewer, now())
    return Number(made.lastInsertRowid)
  })

/** Writes one chunk of an open batch; nothing of it counts yet. Keep a chunk below 50 ms. */
export const addToBatch = (id: number, make: () => readonly NewVerdict[]): Promise<number> =>
  chunked(() => {
    const open = bulk().prepare(`UPDATE Batch SET beatAt = ${DB_CLOCK} WHERE id = ? AND status = 'open'`).run(id).changes
    if (!open) throw new AppError('unavailable', 'The bulk step was given up because it stood still for a minute. Nothing was changed; start it again.')
    const entries = make()
    append(entries.map((entry) => ({ ...entry, batchId: id })))
    return entries.length
  })

/** From here on the whole batch counts. One statement. */
export async function closeBatch(id: number, count: number): Promise<void> {
  const closed = await durable(() => bulk().prepare(`UPDATE Batch SET status = 'closed', closedAt = ?, count = ?, seen = ${NEWEST} WHERE id = ? AND status = 'open'`).run(now(), count, id).changes)
  if (!closed) throw new AppError('unavailable', 'The bulk step was given up before it was complete. Nothing was changed; start it again.')
}

/** Gives a batch up; it never counted, so its tokens are free again. */
export const failBatch = (id: number): Promise<void> =>
  durable(() => {
    const failed = bulk().prepare(`UPDATE Batch SET status = 'failed', closedAt = ? WHERE id = ? AND status = 'open'`).run(now(), id).changes
    if (failed) bulk().prepare(FREE).run(id)
  })

/** Closed batches whose standings have not followed yet, oldest first; open ones of dead processes are given up first. */
export const unfinished = (): Promise<number[]> =>
  durable(() => {
    const dead = bulk().prepare(`UPDATE Batch SET status = 'failed', closedAt = ? WHERE status = 'open' AND beatAt < ${DB_CLOCK} - ? RETURNING id`).pluck().all(now(), SILENCE) as number[]
    dead.forEach((id) => bulk().prepare(FREE).run(id))
    return bulk().prepare(`SELECT id FROM Batch WHERE status = 'closed' AND applied = 0 ORDER BY id`).pluck().all() as number[]
  })

/** Lets the next `most` standings follow a closed batch. Returns whether there is more to do. */
export const applySome = (id: number, most: number): Promise<boolean> =>
  chunked(() => {
    const batch = row(id)
    if (batch.status !== 'closed' || batch.applied) return false
    const rows = bulk()
      .prepare(`SELECT id, captionId, sampleId, decision, madeId FROM Verdict WHERE batchId = ? AND id > ? ORDER BY id LIMIT ?`)
      .all(batch.rootId ?? id, batch.appliedTo, most) as Pick<VerdictRow, 'id' | 'captionId' | 'sampleId' | 'decision' | 'madeId'>[]
    settleMany(rows, batch.reviewer)
    const last = rows.at(-1)?.id ?? batch.appliedTo
    bulk().prepare(`UPDATE Batch SET appliedTo = ?, applied = ? WHERE id = ?`).run(last, rows.length < most ? 1 : 0, id)
    return rows.length === most
  })

/** Takes a closed batch back, or puts it in force again, in one statement; the standings follow by `applyBatch`. Inside a transaction. */
export function turnBatch(actor: Actor, rootId: number, on: boolean): BatchView {
  const root = row(rootId)
  if (root.act === 'rollback') throw new AppError('conflict', 'The roll-back of a run is taken back with the run itself, on its page.')
  if (root.status !== 'closed' || root.rootId !== null) throw new AppError('conflict', `Bulk step ${rootId} never took place, so there is nothing to take back.`)
  if (Boolean(root.undone) !== on) throw new AppError('conflict', on ? 'This bulk step is in force already.' : 'This bulk step was taken back already.')
  rememberReviewer(actor.reviewer)
  const tip = bulk().prepare(`SELECT coalesce(max(id), ?) FROM Batch WHERE rootId = ?`).pluck().get(rootId, rootId) as number
  const made = bulk()
    .prepare(`INSERT INTO Batch (datasetId, act, reviewer, status, count, undoesId, rootId, seen, createdAt, closedAt) VALUES (?, ?, ?, 'closed', ?, ?, ?, ${NEWEST}, ?, ?)`)
    .run(root.datasetId, on ? 'redo' : 'undo', actor.reviewer, root.count, tip, rootId, now(), now())
  return view(row(Number(made.lastInsertRowid)))
}
