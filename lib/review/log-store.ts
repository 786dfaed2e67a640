import type { CaptionView, Standing } from '@/lib/caption/schema'
import { bulk, now } from '@/lib/db'
import { clearFlag, flagSubject, raiseFlags, reopenFlag } from '@/lib/flag/store'
import type { Decision } from './schema'

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

/** Whether batch `b` counts: closed, and not undone (an odd chain of undos). */
export const BATCH_COUNTS = `b.status = 'closed' AND (SELECT count(*) FROM Batch u WHERE u.rootId = b.id AND u.status = 'closed') % 2 = 0`
/** Whether verdict `v` is in force. The same rule as `inForce` in standing.ts; a test holds the two together. */
export const IN_FORCE = `(v.batchId IS NULL OR EXISTS (SELECT 1 FROM Batch b WHERE b.id = v.batchId AND ${BATCH_COUNTS})) AND (SELECT count(*) FROM Verdict u WHERE u.rootId = v.id) % 2 = 0`

const json = (ids: readonly number[]) => JSON.stringify(ids)

/** Appends to the log, in order, and returns the new ids; the one place that does. Inside a transaction. */
export function append(entries: readonly NewVerdict[]): number[] {
  const insert = bulk().prepare(`INSERT INTO Verdict (datasetId, captionId, sampleId, decision, reasons, note, reviewer, batchId, undoesId, rootId, effect, madeId, token, createdAt) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
  const time = now()
  return entries.map((entry) =>
    Number(
      insert.run(
        entry.datasetId, entry.captionId, entry.sampleId, entry.decision, JSON.stringify(entry.reasons ?? []), entry.note ?? '', entry.reviewer,
        entry.batchId ?? null, entry.undoesId ?? null, entry.rootId ?? null, entry.effect ? JSON.stringify(entry.effect) : null, entry.madeId ?? null, entry.token ?? null, entry.createdAt ?? time,
      ).lastInsertRowid,
    ),
  )
}

export const rememberReviewer = (name: string): void => void bulk().prepare(`INSERT INTO Reviewer (name, createdAt) VALUES (?, ?) ON CONFLICT (name) DO NOTHING`).run(name, now())

export const verdictRow = (id: number): VerdictRow | undefined => bulk().prepare(`SELECT * FROM Verdict WHERE id = ?`).get(id) as VerdictRow | undefined

/** Brings captions to where their log says they stand; each one's version goes up by one. */
export function settleCaptions(ids: readonly number[]): void {
  bulk()
    .prepare(`UPDATE Caption SET version = version + 1, standing = coalesce(
      (SELECT CASE v.decision WHEN 'approve' THEN 'approved' WHEN 'clear' THEN 'pending' ELSE 'rejected' END FROM Verdict v
        WHERE v.captionId = Caption.id AND v.decision IN ('approve', 'reject', 'edit', 'clear') AND ${IN_FORCE} ORDER BY v.id DESC LIMIT 1),
      (SELECT coalesce(json_extract(m.effect, '$.made'), 'approved') FROM Verdict m WHERE m.madeId = Caption.id LIMIT 1), 'pending')
      WHERE id IN (SELECT value FROM json_each(?))`)
    .run(json(ids))
}

/** A caption that an edit made is in play exactly while that edit is in force. */
export function settleMade(ids: readonly number[]): void {
  bulk()
    .prepare(`UPDATE Caption SET version = version + 1, retiredAt = CASE WHEN EXISTS (SELECT 1 FROM Verdict v WHERE v.madeId = Caption.id AND ${IN_FORCE}) THEN NULL ELSE coalesce(retiredAt, ?) END
      WHERE id IN (SELECT value FROM json_each(?))`)
    .run(now(), json(ids))
}

export function settleSamples(ids: readonly number[]): void {
  bulk()
    .prepare(`UPDATE Sample SET version = version + 1, dropped = coalesce((SELECT v.decision = 'drop' FROM Verdict v
        WHERE v.sampleId = Sample.id AND v.decision IN ('keep', 'drop') AND ${IN_FORCE} ORDER BY v.id DESC LIMIT 1), 0)
      WHERE id IN (SELECT value FROM json_each(?))`)
    .run(json(ids))
}

export type FlagTarget = { datasetId: number; sampleId: number; captionId: number | null }

/** Raises or clears a person's flag as the log says. */
export function settleFlag(target: FlagTarget, reviewer: string): void {
  const latest = bulk()
    .prepare(`SELECT v.decision, v.note, v.reviewer FROM Verdict v WHERE v.sampleId = ? AND v.captionId IS ? AND v.decision IN ('flag', 'unflag') AND ${IN_FORCE} ORDER BY v.id DESC LIMIT 1`)
    .get(target.sampleId, target.captionId) as { decision: string; note: string; reviewer: string } | undefined
  const subject = flagSubject({ ...target, rule: BY_A_PERSON })
  if (latest?.decision !== 'flag') clearFlag(subject, reviewer)
  else if (!raiseFlags([{ ...target, rule: BY_A_PERSON, evidence: latest.note || `Flagged by ${latest.reviewer}.`, raisedBy: latest.reviewer }])) reopenFlag(subject)
}

/** Everything that follows from a verdict's being in force or no longer in force. Inside the transaction that changed that. */
export function settle(verdict: VerdictRow, on: boolean, reviewer: string): void {
  const { decision, captionId, sampleId, effect } = verdict
  if (decision === 'flag' || decision === 'unflag') settleFlag(verdict, reviewer)
  if (captionId === null) return settleSamples([sampleId])
  settleCaptions([captionId])
  if (verdict.madeId !== null) settleMade([verdict.madeId])
  const cleared = effect ? ((JSON.parse(effect) as Effect).cleared ?? []) : []
  for (const subject of cleared) {
    if (on) clearFlag(subject, reviewer)
    else reopenFlag(subject)
  }
  if (cleared.length) bulk().prepare(`UPDATE Caption SET quarantined = ? WHERE id = ?`).run(on ? 0 : 1, captionId)
}

/** Open guard flags on a quarantined caption: what a person answers by approving it. */
export function openGuards(caption: CaptionView): string[] {
  if (!caption.quarantined) return []
  return bulk().prepare(`SELECT subject FROM Flag WHERE captionId = ? AND clearedAt IS NULL AND rule <> ? ORDER BY id`).pluck().all(caption.id, BY_A_PERSON) as string[]
}
