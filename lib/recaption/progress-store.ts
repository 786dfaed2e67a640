import { cutsOf } from '@/lib/caption/cuts'
import { bulk, DB_CLOCK } from '@/lib/db'
import type { RunProgress, SkipReason } from './schema'
import { runById } from './store'

const MINUTE = 60_000

/** Where a run is: counts, pace of the last minute, money, why samples failed, the newest captions. */
export function runProgress(runId: number, latest = 8): RunProgress {
  const sql = bulk()
  const run = runById(runId)
  const running = sql.prepare(`SELECT count(*) FROM RunItem WHERE runId = ? AND status = 'running'`).pluck().get(runId) as number
  const recent = sql
    .prepare(`SELECT count(*) AS ended, ${DB_CLOCK} - min(finishedAt) AS over FROM RunItem WHERE runId = ? AND finishedAt > ${DB_CLOCK} - ${MINUTE}`)
    .get(runId) as { ended: number; over: number | null }
  const rate = run.status === 'running' && recent.over ? (recent.ended * MINUTE) / Math.max(recent.over, 1000) : 0
  const left = run.total - run.done - run.failed - run.skipped
  const because = (status: string) => sql.prepare(`SELECT errorCode AS code, count(*) AS count, max(error) AS example FROM RunItem WHERE runId = ? AND status = ? GROUP BY errorCode ORDER BY count DESC, code`).all(runId, status) as { code: string | null; count: number; example: string | null }[]
  return {
    id: run.id,
    status: run.status,
    why: run.why,
    total: run.total,
    done: run.done,
    failed: run.failed,
    skipped: run.skipped,
    running,
    rate,
    etaSeconds: rate > 0 ? Math.round((left / rate) * 60) : null,
    spent: run.spent,
    budgetLeft: run.budget === null ? null : Math.max(0, run.budget - run.spent),
    skippedBecause: run.skipped ? because('skipped').map(({ code, count }) => ({ why: (code ?? 'done') as SkipReason, count })) : [],
    errorsByCause: run.failed ? because('failed').map(({ code, count, example }) => ({ code: code ?? 'internal', count, example: example ?? '' })) : [],
    kept: run.extras.keepIfBetter ? (sql.prepare(`SELECT count(CASE kept WHEN 'new' THEN 1 END) AS fresh, count(CASE kept WHEN 'old' THEN 1 END) AS old FROM RunItem WHERE runId = ?`).get(runId) as { fresh: number; old: number }) : null,
    batch: run.extras.batch ? (sql.prepare(`SELECT coalesce(sum(CASE WHEN collectedAt IS NULL THEN requests ELSE 0 END), 0) AS open, coalesce(sum(requests), 0) AS requests FROM RemoteBatch WHERE runId = ?`).get(runId) as { open: number; requests: number }) : null,
    latest: (
      sql
        .prepare(`SELECT i.sampleId, s.key, s.mediaId, c.id AS captionId, c.text, c.quarantined,
            (SELECT json_group_array(json_object('rule', f.rule, 'evidence', f.evidence)) FROM Flag f WHERE f.captionId = c.id AND f.clearedAt IS NULL) AS flags FROM RunItem i JOIN Caption c ON c.id = i.captionId JOIN Sample s ON s.id = i.sampleId
          WHERE i.runId = ? AND i.finishedAt IS NOT NULL ORDER BY i.finishedAt DESC LIMIT ?`)
        .all(runId, latest) as (Omit<RunProgress['latest'][number], 'quarantined' | 'flags' | 'cuts'> & { quarantined: number; flags: string })[]
    ).map((row) => ({ ...row, cuts: cutsOf(row.text), quarantined: Boolean(row.quarantined), flags: JSON.parse(row.flags) as RunProgress['latest'][number]['flags'] })),
  }
}

export type ItemView = { id: number; sampleId: number; key: string; status: string; attempts: number; code: string | null; error: string | null; captionId: number | null; kept: string | null }

/** The ledger of a run by key, for one status or all. */
export const runItems = (runId: number, { status, after = 0, limit = 100 }: { status?: string; after?: number; limit?: number } = {}): ItemView[] =>
  bulk()
    .prepare(`SELECT i.id, i.sampleId, s.key, i.status, i.attempts, i.errorCode AS code, i.error, i.captionId, i.kept FROM RunItem i JOIN Sample s ON s.id = i.sampleId
      WHERE i.runId = ? AND i.id > ? AND (? IS NULL OR i.status = ?) ORDER BY i.id LIMIT ?`)
    .all(runId, after, status ?? null, status ?? null, limit) as ItemView[]

/** Which guards spoke up about a run's captions, and about how many; those a person cleared no longer count. */
export const guardsTripped = (runId: number): { rule: string; count: number }[] =>
  bulk().prepare(`SELECT f.rule, count(DISTINCT f.captionId) AS count FROM RunItem i JOIN Flag f ON f.captionId = i.captionId WHERE i.runId = ? AND f.clearedAt IS NULL GROUP BY f.rule ORDER BY count DESC, f.rule`).all(runId) as { rule: string; count: number }[]

export type ReasonChange = { reason: string; before: number; after: number; undecided: number }

/**
 * What a run changed, by reject reason: samples with a caption rejected for it from before the run, of these how many have
 * the run's own caption rejected for the same reason, and how many of those nobody has decided on yet.
 */
export function reasonsBeforeAfter(runId: number): ReasonChange[] {
  return bulk()
    .prepare(`WITH made AS (SELECT i.sampleId, c.id, c.standing FROM RunItem i JOIN Caption c ON c.id = i.captionId WHERE i.runId = ?),
      old AS (SELECT DISTINCT m.sampleId, m.id, m.standing, r.value AS reason FROM made m JOIN Caption c ON c.sampleId = m.sampleId AND c.id < m.id AND c.standing = 'rejected' JOIN Verdict v ON v.captionId = c.id AND v.decision = 'reject', json_each(v.reasons) r)
      SELECT reason, count(*) AS before,
        sum(EXISTS (SELECT 1 FROM Verdict v, json_each(v.reasons) r WHERE old.standing = 'rejected' AND v.captionId = old.id AND v.decision = 'reject' AND r.value = old.reason)) AS after,
        sum(standing = 'pending') AS undecided
      FROM old GROUP BY reason ORDER BY before DESC, reason`)
    .all(runId) as ReasonChange[]
}

/** What a captioner gave as the ground of a caption; null when it gave none. */
export function evidenceOf(captionId: number): { evidence?: unknown; meta?: unknown } | null {
  const data = bulk().prepare(`SELECT data FROM CaptionEvidence WHERE captionId = ?`).pluck().get(captionId) as string | undefined
  return data ? (JSON.parse(data) as { evidence?: unknown; meta?: unknown }) : null
}
