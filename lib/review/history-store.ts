import type { CaptionView } from '@/lib/caption/schema'
import { captionsOf } from '@/lib/caption/store'
import { bulk } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { BATCH_COUNTS, type VerdictRow } from './log-store'
import type { VerdictView } from './schema'
import { takenBack } from './standing'

type Row = VerdictRow & { counts: number }
const SELECT = `SELECT v.*, v.batchId IS NULL OR EXISTS (SELECT 1 FROM Batch b WHERE b.id = v.batchId AND ${BATCH_COUNTS}) AS counts FROM Verdict v`

function views(rows: readonly Row[]): VerdictView[] {
  const log = rows.map((row) => ({ ...row, counts: Boolean(row.counts) }))
  const taken = takenBack(log)
  return log.map(({ id, captionId, sampleId, decision, reasons, note, reviewer, batchId, undoesId, madeId, createdAt, counts }) => ({
    id, captionId, sampleId, decision, reasons: JSON.parse(reasons) as string[], note, reviewer, batchId, undoesId, madeId, createdAt, inForce: counts && !taken.has(id),
  }))
}

/** All entries about one caption, oldest first. */
export const captionHistory = (captionId: number): VerdictView[] => views(bulk().prepare(`${SELECT} WHERE v.captionId = ? ORDER BY v.id`).all(captionId) as Row[])

/** All entries about a sample and its captions, oldest first; those of a bulk step that never closed are left out. */
export function sampleHistory(sampleId: number): VerdictView[] {
  const rows = bulk().prepare(`${SELECT} WHERE v.sampleId = ? AND (v.batchId IS NULL OR (SELECT status FROM Batch WHERE id = v.batchId) = 'closed') ORDER BY v.id`).all(sampleId) as Row[]
  return views(rows)
}

export function verdictView(id: number): VerdictView {
  const row = bulk().prepare(`${SELECT} WHERE v.id = ?`).get(id) as Row | undefined
  if (!row) throw new AppError('not_found', `There is no decision ${id}.`)
  const root = row.rootId ?? row.id
  const chain = bulk().prepare(`${SELECT} WHERE v.id = ? OR v.rootId = ? ORDER BY v.id`).all(root, root) as Row[]
  const [view] = views(chain).filter((one) => one.id === id)
  return view
}

export type TimelineEntry =
  | { at: string; what: 'caption'; caption: CaptionView }
  | { at: string; what: 'verdict'; verdict: VerdictView; act: string | null }
  | { at: string; what: 'batch undone' | 'batch redone'; reviewer: string; batchId: number; act: string }

/** Who decided what, when, and how one text came from another: captions, decisions and undone bulk steps, oldest first. */
export function timeline(sampleId: number): TimelineEntry[] {
  const verdicts = sampleHistory(sampleId)
  const acts = new Map((bulk().prepare(`SELECT id, act FROM Batch WHERE id IN (SELECT value FROM json_each(?))`).all(JSON.stringify(verdicts.map((one) => one.batchId))) as { id: number; act: string }[]).map((one) => [one.id, one.act]))
  const turns = bulk().prepare(`SELECT id, rootId, reviewer, closedAt FROM Batch WHERE rootId IN (SELECT value FROM json_each(?)) AND status = 'closed' ORDER BY id`).all(JSON.stringify([...acts.keys()])) as { rootId: number; reviewer: string; closedAt: string }[]
  const seen = new Map<number, number>()
  const entries: TimelineEntry[] = [
    ...captionsOf([sampleId]).map((caption) => ({ at: caption.createdAt, what: 'caption' as const, caption })),
    ...verdicts.map((verdict) => ({ at: verdict.createdAt, what: 'verdict' as const, verdict, act: verdict.batchId === null ? null : (acts.get(verdict.batchId) ?? null) })),
    ...turns.map((one) => {
      const before = seen.get(one.rootId) ?? 0
      seen.set(one.rootId, before + 1)
      return { at: one.closedAt, what: before % 2 ? ('batch redone' as const) : ('batch undone' as const), reviewer: one.reviewer, batchId: one.rootId, act: acts.get(one.rootId) ?? '' }
    }),
  ]
  return entries.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
}

export type Progress = { samples: number; decided: number; dropped: number; pending: number; approved: number; rejected: number; reviewers: { reviewer: string; decisions: number }[] }

/** How far the review is: samples, those with no pending synthetic caption left, captions by standing, decisions a person. */
export function progress(datasetId: number): Progress {
  const sql = bulk()
  const [samples, dropped] = sql.prepare(`SELECT count(*), coalesce(sum(dropped), 0) FROM Sample WHERE datasetId = ?`).raw().get(datasetId) as [number, number]
  // Read from the index alone: samples with something decided, less those that still have something pending.
  const of = `FROM Caption c WHERE c.datasetId = @datasetId AND c.kind <> 'alt' AND c.retiredAt IS NULL`
  const standing = new Map(sql.prepare(`SELECT c.standing, count(*) ${of} GROUP BY c.standing ORDER BY c.standing`).raw().all({ datasetId }) as [string, number][])
  const decided = sql
    .prepare(`SELECT count(*) FROM (SELECT c.sampleId ${of} AND c.standing <> 'pending' EXCEPT SELECT c.sampleId ${of} AND c.standing = 'pending')`)
    .pluck()
    .get({ datasetId }) as number
  const reviewers = sql.prepare(`SELECT reviewer, count(*) AS decisions FROM Verdict WHERE datasetId = ? AND batchId IS NULL AND undoesId IS NULL GROUP BY reviewer ORDER BY reviewer`).all(datasetId) as Progress['reviewers']
  return { samples, dropped, decided, pending: standing.get('pending') ?? 0, approved: standing.get('approved') ?? 0, rejected: standing.get('rejected') ?? 0, reviewers }
}
