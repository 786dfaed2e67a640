import type { Standing } from '@/lib/caption/schema'
import { bulk, now } from '@/lib/db'
import { clearFlag, flagSubject, raiseFlags, reopenFlag, type NewFlag } from '@/lib/flag/store'
import type { Decision } from './schema'
import { droppedOf, flagOf, madeInPlay, standingOf, type LogEntry } from './standing'

/** The rule under which a person's flag stands. */
export const BY_A_PERSON = 'flagged'

export type VerdictRow = {
  id: number
  datasetId: number
  captionId: number | null
  sampleId: number
  decision: Decision
  reasons: string
  note: string
  reviewer: string
  batchId: number | null
  undoesId: number | null
  rootId: number | null
  effect: string | null
  madeId: number | null
  createdAt: string
}
export type NewVerdict = Pick<VerdictRow, 'datasetId' | 'captionId' | 'sampleId' | 'decision' | 'reviewer'> &
  Partial<Pick<VerdictRow, 'note' | 'batchId' | 'undoesId' | 'rootId' | 'madeId' | 'createdAt'>> & { reasons?: readonly string[]; token?: string; effect?: Effect }

/** What a verdict did beside the standing: the guard flags that an approval cleared; where the text of an edit stands at first. */
export type Effect = { cleared?: string[]; made?: Standing }
export const effectOf = (text: string | null | undefined): Effect => (text ? (JSON.parse(text) as Effect) : {})

/** Where a caption stands before any verdict on it. `maker`: the edit that made it, if one did. */
export const baseOf = (maker: { effect: string | null } | null | undefined): Standing => (maker ? (effectOf(maker.effect).made ?? 'approved') : 'pending')

/** Whether batch `b` counts: closed, and not undone (an odd chain of undos). */
export const BATCH_COUNTS = `b.status = 'closed' AND (SELECT count(*) FROM Batch u WHERE u.rootId = b.id AND u.status = 'closed') % 2 = 0`
/** Those of the batches in a JSON array that count. */
export const COUNTING = `SELECT b.id FROM Batch b WHERE b.id IN (SELECT value FROM json_each(?)) AND ${BATCH_COUNTS}`
/** Whether verdict `v` is in force, for queries over many. The same rule as `inForce` in standing.ts; a test holds the two together. */
export const IN_FORCE = `(v.batchId IS NULL OR EXISTS (SELECT 1 FROM Batch b WHERE b.id = v.batchId AND ${BATCH_COUNTS})) AND (SELECT count(*) FROM Verdict u WHERE u.rootId = v.id) % 2 = 0`

const json = (ids: Iterable<number | null>) => JSON.stringify([...ids])

/** A new entry as its row, without its time. */
export const entryRow = (entry: NewVerdict) => ({
  datasetId: entry.datasetId, captionId: entry.captionId, sampleId: entry.sampleId, decision: entry.decision, reasons: JSON.stringify(entry.reasons ?? []), note: entry.note ?? '', reviewer: entry.reviewer,
  batchId: entry.batchId ?? null, undoesId: entry.undoesId ?? null, rootId: entry.rootId ?? null, effect: entry.effect ? JSON.stringify(entry.effect) : null, madeId: entry.madeId ?? null, token: entry.token ?? null,
})

/** Appends the entries of a bulk step to the log, in order, and returns the new ids. Inside a transaction. */
export function append(entries: readonly NewVerdict[]): number[] {
  const insert = bulk().prepare(`INSERT INTO Verdict (datasetId, captionId, sampleId, decision, reasons, note, reviewer, batchId, undoesId, rootId, effect, madeId, token, createdAt)
    VALUES (@datasetId, @captionId, @sampleId, @decision, @reasons, @note, @reviewer, @batchId, @undoesId, @rootId, @effect, @madeId, @token, @createdAt)`)
  const time = now()
  return entries.map((entry) => Number(insert.run({ ...entryRow(entry), createdAt: entry.createdAt ?? time }).lastInsertRowid))
}

export const rememberReviewer = (name: string): void => void bulk().prepare(`INSERT INTO Reviewer (name, createdAt) VALUES (?, ?) ON CONFLICT (name) DO NOTHING`).run(name, now())

export const verdictRow = (id: number): VerdictRow | undefined => bulk().prepare(`SELECT * FROM Verdict WHERE id = ?`).get(id) as VerdictRow | undefined

/** A person's flag as the entry that raised it says. */
export const flagBy = (entry: Pick<VerdictRow, 'datasetId' | 'sampleId' | 'captionId' | 'note' | 'reviewer'>): NewFlag & { raisedBy: string } => ({
  datasetId: entry.datasetId, sampleId: entry.sampleId, captionId: entry.captionId, rule: BY_A_PERSON, evidence: entry.note || `Flagged by ${entry.reviewer}.`, raisedBy: entry.reviewer,
})
export const flagKey = (target: Pick<VerdictRow, 'sampleId' | 'captionId'>): string => flagSubject({ ...target, rule: BY_A_PERSON })

type Line = VerdictRow & LogEntry
function logs(where: string, ids: ReadonlySet<number>): Line[] {
  const rows = bulk().prepare(`SELECT * FROM Verdict WHERE ${where} ORDER BY id`).all(json(ids)) as VerdictRow[]
  const counting = new Set(bulk().prepare(COUNTING).pluck().all(json(new Set(rows.map((row) => row.batchId)))))
  return rows.map((row) => ({ ...row, counts: row.batchId === null || counting.has(row.batchId) }))
}

/**
 * Brings all that the verdicts of a bulk step are about to where their logs say they stand; each one's version goes up by
 * one. Inside a transaction.
 */
export function settleMany(rows: readonly Pick<VerdictRow, 'captionId' | 'sampleId' | 'decision' | 'madeId'>[], reviewer: string): void {
  const sql = bulk()
  const captions = new Set(rows.flatMap((row) => row.captionId ?? []))
  const samples = new Set(rows.flatMap((row) => (row.captionId === null ? row.sampleId : [])))
  const byCaption = Map.groupBy(logs(`captionId IN (SELECT value FROM json_each(?))`, captions), (line) => line.captionId)
  const bySample = Map.groupBy(logs(`captionId IS NULL AND sampleId IN (SELECT value FROM json_each(?))`, samples), (line) => line.sampleId)
  const makers = new Map((sql.prepare(`SELECT madeId, effect FROM Verdict WHERE madeId IN (SELECT value FROM json_each(?))`).all(json(captions)) as { madeId: number; effect: string | null }[]).map((row) => [row.madeId, row]))
  const stand = sql.prepare(`UPDATE Caption SET version = version + 1, standing = ? WHERE id = ?`)
  for (const id of captions) stand.run(standingOf(byCaption.get(id) ?? [], baseOf(makers.get(id))), id)
  const drop = sql.prepare(`UPDATE Sample SET version = version + 1, dropped = ? WHERE id = ?`)
  for (const id of samples) drop.run(droppedOf(bySample.get(id) ?? []) ? 1 : 0, id)
  const play = sql.prepare(`UPDATE Caption SET version = version + 1, retiredAt = CASE WHEN ? THEN NULL ELSE coalesce(retiredAt, ?) END WHERE id = ?`)
  for (const { captionId, madeId } of rows) if (madeId !== null) play.run(madeInPlay(byCaption.get(captionId) ?? []).has(madeId) ? 1 : 0, now(), madeId)
  for (const row of rows.filter((one) => one.decision === 'flag' || one.decision === 'unflag')) {
    const up = flagOf((row.captionId === null ? bySample.get(row.sampleId) : byCaption.get(row.captionId)) ?? [])
    if (!up) clearFlag(flagKey(row), reviewer)
    else if (!raiseFlags([flagBy(up)])) reopenFlag(flagKey(row))
  }
}
