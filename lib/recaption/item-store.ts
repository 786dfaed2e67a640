import { insertCaptions } from '@/lib/caption/store'
import { bulk, DB_CLOCK, now } from '@/lib/db'
import { raiseFlags, type NewFlag } from '@/lib/flag/store'
import { ownerGone } from '@/lib/job/owner'
import { redact } from '@/lib/log'
import { prepared, valueOf } from '@/lib/prepared'
import type { RunRow } from './schema'

export type Item = { id: number; sampleId: number; attempts: number }
/** An item is leased for this long; its worker renews every few seconds. */
export const ITEM_LEASE_MS = 20_000
/** Workers that may be lost over one sample beyond its allowed attempts. */
const CRASHES = 4

/**
 * Takes up to `count` due items, by one conditional statement with the lease in the database's clock. Taking counts as an
 * attempt, so a sample that ends its worker is given up in the end.
 */
export function claimItems(runId: number, owner: string, count: number): Item[] {
  if (count < 1) return []
  const items = prepared(`UPDATE RunItem SET status = 'running', owner = ?, attempts = attempts + 1, leaseUntil = ${DB_CLOCK} + ${ITEM_LEASE_MS}
      WHERE status = 'pending' AND id IN (SELECT id FROM RunItem WHERE runId = ? AND status = 'pending' AND runAfter <= ${DB_CLOCK} ORDER BY runAfter, id LIMIT ?)
      RETURNING id, sampleId, attempts`).all(owner, runId, count) as Item[]
  return items.sort((a, b) => a.id - b.id)
}

export const renewItems = (ids: readonly number[], owner: string): number =>
  prepared(`UPDATE RunItem SET leaseUntil = ${DB_CLOCK} + ${ITEM_LEASE_MS} WHERE id IN (SELECT value FROM json_each(?)) AND status = 'running' AND owner = ?`).run(JSON.stringify(ids), owner).changes

/** Puts items back to work whose worker is gone or whose lease ran out; gives up those that ended too many workers. */
export function freeItems(runId: number, allowed: number): number {
  const sql = bulk()
  const owners = sql.prepare(`SELECT DISTINCT owner FROM RunItem WHERE runId = ? AND status = 'running' AND owner IS NOT NULL`).pluck().all(runId) as string[]
  if (owners.length === 0) return 0
  const gone = JSON.stringify(owners.filter(ownerGone))
  const stale = `runId = ? AND status = 'running' AND (leaseUntil < ${DB_CLOCK} OR owner IN (SELECT value FROM json_each(?)))`
  return sql
    .transaction(() => {
      const lost = sql
        .prepare(`UPDATE RunItem SET status = 'failed', owner = NULL, errorCode = 'crash', error = 'Every worker that took this sample ended without a word.', finishedAt = ${DB_CLOCK} WHERE ${stale} AND attempts >= ?`)
        .run(runId, gone, allowed + CRASHES).changes
      if (lost) sql.prepare(`UPDATE Run SET failed = failed + ? WHERE id = ?`).run(lost, runId)
      const cancelled = sql.prepare(`SELECT status = 'cancelled' FROM Run WHERE id = ?`).pluck().get(runId)
      const freed = sql.prepare(`UPDATE RunItem SET status = ?, owner = NULL, errorCode = ? WHERE ${stale}`).run(cancelled ? 'skipped' : 'pending', cancelled ? 'cancelled' : null, runId, gone).changes
      if (cancelled && freed) sql.prepare(`UPDATE Run SET skipped = skipped + ? WHERE id = ?`).run(freed, runId)
      return lost + freed
    })
    .immediate()
}

export type Completion = {
  item: Item
  run: Pick<RunRow, 'id' | 'datasetId' | 'model' | 'recipe' | 'recipeVersion'>
  kind: string
  owner: string
  text: string
  /** out of play until it has proved better than the old one */
  onTrial: boolean
  flags: readonly Pick<NewFlag, 'rule' | 'evidence' | 'quarantine'>[]
  /** JSON: the captioner's ground and structured parts */
  evidence: string | null
  used: { inputTokens: number; outputTokens: number; cost: number; ms: number }
}

/**
 * Writes a finished caption: the item, the caption, its flags, its ground and the counters in one transaction, and only
 * while the item is still this worker's. Null when it is not: the answer is stored, so whoever has it pays nothing.
 */
export function completeItem({ item, run, kind, owner, text, onTrial, flags, evidence, used }: Completion): number | null {
  const sql = bulk()
  return sql
    .transaction(() => {
      const mine = prepared(`UPDATE RunItem SET status = 'done', owner = NULL, error = NULL, errorCode = NULL, finishedAt = ${DB_CLOCK}, inputTokens = ?, outputTokens = ?, cost = ?, ms = ? WHERE id = ? AND owner = ? AND status = 'running'`).run(used.inputTokens, used.outputTokens, used.cost, Math.round(used.ms), item.id, owner).changes
      if (mine === 0) return null
      const [captionId] = insertCaptions([{ datasetId: run.datasetId, sampleId: item.sampleId, text, kind, origin: 'model', model: run.model, runId: run.id, recipe: `${run.recipe}@${run.recipeVersion}` }])
      // a run may be rolled back while its last calls are under way: what they bring is out of play with the rest
      const retired = valueOf<string | null>(`SELECT retiredAt FROM Run WHERE id = ?`, run.id) ?? (onTrial ? now() : null)
      if (retired !== null) prepared(`UPDATE Caption SET retiredAt = ? WHERE id = ?`).run(retired, captionId)
      prepared(`UPDATE RunItem SET captionId = ? WHERE id = ?`).run(captionId, item.id)
      if (flags.length > 0) raiseFlags(flags.map((flag) => ({ ...flag, datasetId: run.datasetId, sampleId: item.sampleId, captionId })))
      if (evidence) prepared(`INSERT INTO CaptionEvidence (captionId, data) VALUES (?, ?)`).run(captionId, evidence)
      prepared(`UPDATE Run SET done = done + 1 WHERE id = ?`).run(run.id)
      return captionId
    })
    .immediate()
}

const own = (set: string) => prepared(`UPDATE RunItem SET ${set}, owner = NULL WHERE id = ? AND owner = ? AND status = 'running'`)

/** Gives an item back untried: its worker stops, or no call was made. Of a cancelled run it is skipped. */
export function returnItem(item: Item, runId: number, owner: string, waitMs = 0): boolean {
  const sql = bulk()
  return sql
    .transaction(() => {
      const cancelled = valueOf<number | null>(`SELECT status = 'cancelled' FROM Run WHERE id = ?`, runId)
      if (!cancelled) return own(`status = 'pending', attempts = max(attempts - 1, 0), runAfter = ${DB_CLOCK} + ?`).run(waitMs, item.id, owner).changes > 0
      const skipped = own(`status = 'skipped', errorCode = 'cancelled'`).run(item.id, owner).changes
      sql.prepare(`UPDATE Run SET skipped = skipped + ? WHERE id = ?`).run(skipped, runId)
      return skipped > 0
    })
    .immediate()
}

/** An attempt that gave no caption: later again, or failed with its reason. Keys are taken out of the reason. */
export function failItem(input: { item: Item; runId: number; owner: string; code: string; error: string; final: boolean; waitMs?: number }): void {
  const { item, runId, owner, code, final, waitMs = 0 } = input
  const error = redact(input.error).slice(0, 1000)
  const sql = bulk()
  sql
    .transaction(() => {
      const changed = final
        ? own(`status = 'failed', errorCode = ?, error = ?, finishedAt = ${DB_CLOCK}`).run(code, error, item.id, owner).changes
        : own(`status = 'pending', errorCode = ?, error = ?, runAfter = ${DB_CLOCK} + ?`).run(code, error, waitMs, item.id, owner).changes
      if (final && changed) prepared(`UPDATE Run SET failed = failed + 1 WHERE id = ?`).run(runId)
    })
    .immediate()
}

/** Takes failures back that were not the samples' fault, because the captioner failed alike for all. */
export function forgiveItems(runId: number, itemIds: readonly number[]): void {
  const sql = bulk()
  sql
    .transaction(() => {
      const ids = JSON.stringify(itemIds)
      const back = sql.prepare(`UPDATE RunItem SET status = 'pending', attempts = 0, runAfter = 0, finishedAt = NULL WHERE runId = ? AND status = 'failed' AND id IN (SELECT value FROM json_each(?))`).run(runId, ids).changes
      sql.prepare(`UPDATE RunItem SET attempts = 0, runAfter = 0 WHERE runId = ? AND status = 'pending' AND id IN (SELECT value FROM json_each(?))`).run(runId, ids)
      sql.prepare(`UPDATE Run SET failed = failed - ? WHERE id = ?`).run(back, runId)
    })
    .immediate()
}

/** What is left of a run: items due now, waiting for their time, and under way by anyone; ms until the next is due. */
export function itemsLeft(runId: number): { due: boolean; running: number; nextInMs: number | null } {
  const next = valueOf<number | null>(`SELECT min(runAfter) - ${DB_CLOCK} FROM RunItem WHERE runId = ? AND status = 'pending'`, runId) ?? null
  const running = valueOf<number>(`SELECT count(*) FROM RunItem WHERE runId = ? AND status = 'running'`, runId) ?? 0
  return { due: next !== null && next <= 0, running, nextInMs: next === null ? null : Math.max(0, next) }
}
