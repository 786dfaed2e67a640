import { bulk, now } from '@/lib/db'
import { parseFilter } from '@/lib/sample/filter'
import { whereOf, type Sql } from '@/lib/sample/query'
import type { RunExtras, RunRow, SkipReason } from './schema'

/** Which samples a run is about, and what tells those that need no work. */
export type Selection = Pick<RunRow, 'datasetId' | 'captioner' | 'model' | 'recipe' | 'recipeVersion' | 'kind' | 'filter'> & Pick<RunExtras, 'keys' | 'rejectedFor' | 'another' | 'needs' | 'keepsKind'>

const CHUNK = 1000

const rejected = (caption: string) => `${caption}.standing = 'rejected' AND EXISTS (SELECT 1 FROM Verdict v, json_each(v.reasons) r WHERE v.captionId = ${caption}.id AND v.decision = 'reject' AND r.value = ?)`
const humanHead = (kind: string) => `EXISTS (SELECT 1 FROM Caption h WHERE h.sampleId = s.id AND h.kind = ${kind} AND h.origin = 'human' AND h.retiredAt IS NULL AND h.standing <> 'rejected')`

function matching(selection: Selection): Sql {
  const parts = [whereOf(parseFilter(selection.filter), selection.datasetId)]
  if (selection.keys) parts.push({ sql: `s.key IN (SELECT value FROM json_each(?))`, params: [JSON.stringify(selection.keys)] })
  if (selection.rejectedFor) {
    parts.push({
      sql: `EXISTS (SELECT 1 FROM Caption c WHERE c.sampleId = s.id AND c.retiredAt IS NULL AND ${rejected('c')})`,
      params: [selection.rejectedFor],
    })
  }
  return { sql: parts.map((part) => `(${part.sql})`).join(' AND '), params: parts.flatMap((part) => part.params) }
}


/** The same for a recipe that mends: `j` is a caption it could mend, of whatever kind; one that it mended is done. */
function skipMending(selection: Selection): Sql {
  const stamp = `${selection.recipe}@${selection.recipeVersion}`
  const why = selection.rejectedFor ? [selection.rejectedFor] : []
  const from = `SELECT 1 FROM Caption j WHERE j.sampleId = s.id AND j.kind <> 'alt' AND j.retiredAt IS NULL ${why.length ? `AND ${rejected('j')}` : ''}`
  const mended = `EXISTS (SELECT 1 FROM Caption d WHERE d.sampleId = s.id AND d.kind = j.kind AND d.recipe = ? AND d.model = ? AND d.retiredAt IS NULL AND d.id >= j.id AND d.standing <> 'rejected')`
  const cases = [`WHEN s.dropped = 1 THEN 'dropped'`, `WHEN NOT EXISTS (${from}) THEN 'no-caption'`, `WHEN NOT EXISTS (${from} AND NOT ${humanHead('j.kind')}) THEN 'human'`]
  const params: unknown[] = [...why, ...why]
  if (!selection.another) {
    cases.push(`WHEN NOT EXISTS (${from} AND NOT ${humanHead('j.kind')} AND NOT ${mended}) THEN 'done'`)
    params.push(...why, stamp, selection.model)
  }
  return { sql: `CASE ${cases.join(' ')} END`, params }
}

/**
 * Null for a sample that needs work, else why not. A person's caption of the kind that was not rejected is the head of
 * its sample and stays. A caption that lost against the old one counts as done, though it is retired; one that was
 * rejected does not, where the run is about rejected ones.
 */
function skipReason(selection: Selection): Sql {
  if (selection.keepsKind) return skipMending(selection)
  const params: unknown[] = [selection.kind]
  const cases = [`WHEN s.dropped = 1 THEN 'dropped'`, `WHEN ${humanHead('?')} THEN 'human'`]
  if (!selection.another) {
    cases.push(`WHEN EXISTS (SELECT 1 FROM Caption d LEFT JOIN Run w ON w.id = d.runId WHERE d.sampleId = s.id AND d.kind = ? AND d.origin = 'model' AND d.recipe = ? AND d.model = ?
      AND (d.runId IS NULL OR w.captioner = ?) ${selection.rejectedFor ? `AND d.standing <> 'rejected'` : ''}
      AND (d.retiredAt IS NULL OR (w.retiredAt IS NULL AND EXISTS (SELECT 1 FROM RunItem k WHERE k.runId = d.runId AND k.sampleId = s.id AND k.kept = 'old')))) THEN 'done'`)
    params.push(selection.kind, `${selection.recipe}@${selection.recipeVersion}`, selection.model, selection.captioner)
  }
  if (selection.needs.includes('alt')) cases.push(`WHEN NOT EXISTS (SELECT 1 FROM Caption a WHERE a.sampleId = s.id AND a.kind = 'alt' AND a.retiredAt IS NULL AND a.words > 0) THEN 'no-alt'`)
  if (selection.needs.includes('caption')) cases.push(`WHEN NOT EXISTS (SELECT 1 FROM Caption a WHERE a.sampleId = s.id AND a.kind <> 'alt' AND a.retiredAt IS NULL) THEN 'no-caption'`)
  return { sql: `CASE ${cases.join(' ')} END`, params }
}

/** How many samples match, and of these how many need work or are left as they are. */
export function countSelection(selection: Selection): { total: number; work: number; skipped: { why: SkipReason; count: number }[] } {
  const where = matching(selection)
  const skip = skipReason(selection)
  const rows = bulk()
    .prepare(`SELECT ${skip.sql} AS why, count(*) AS count FROM Sample s WHERE ${where.sql} GROUP BY 1 ORDER BY 1`)
    .all(...skip.params, ...where.params) as { why: SkipReason | null; count: number }[]
  return {
    total: rows.reduce((sum, row) => sum + row.count, 0),
    work: rows.find((row) => row.why === null)?.count ?? 0,
    skipped: rows.filter((row): row is { why: SkipReason; count: number } => row.why !== null),
  }
}

/** `count` samples that need work, drawn by `seed`: the same seed draws the same ones. */
export function drawSamples(selection: Selection, count: number, seed: number): number[] {
  const where = matching(selection)
  const skip = skipReason(selection)
  // Knuth's multiplicative hash of the id: even enough for a look, and no function call a row.
  return bulk()
    .prepare(`SELECT s.id FROM Sample s WHERE ${where.sql} AND ${skip.sql} IS NULL ORDER BY ((s.id + ?) * 2654435761) % 4294967296, s.id LIMIT ?`)
    .pluck()
    .all(...where.params, ...skip.params, seed * 7919, count) as number[]
}

/**
 * Writes the next chunk of a run's ledger, and sets the run going after the last; goes on where a killed one stopped, by
 * the last sample written. False once there is nothing more to write.
 */
export function fillChunk(run: RunRow): boolean {
  const sql = bulk()
  const selection: Selection = { ...run, ...run.extras }
  const where = matching(selection)
  const skip = skipReason(selection)
  return sql
    .transaction(() => {
      const from = sql.prepare(`SELECT coalesce(max(sampleId), 0) FROM RunItem WHERE runId = ?`).pluck().get(run.id)
      const rows = sql
        .prepare(`SELECT s.id, ${skip.sql} AS why FROM Sample s WHERE s.id > ? AND ${where.sql} ORDER BY s.id LIMIT ${CHUNK}`)
        .all(...skip.params, from, ...where.params) as { id: number; why: SkipReason | null }[]
      const last = rows.length < CHUNK
      const mine = sql
        .prepare(`UPDATE Run SET total = total + ?, skipped = skipped + ?, status = ?, startedAt = ? WHERE id = ? AND status = 'pending'`)
        .run(rows.length, rows.filter((row) => row.why !== null).length, last ? 'running' : 'pending', last ? now() : null, run.id).changes
      if (mine === 0) return false
      sql
        .prepare(`INSERT INTO RunItem (runId, sampleId, status, errorCode)
          SELECT ?, json_extract(value, '$.id'), CASE WHEN json_extract(value, '$.why') IS NULL THEN 'pending' ELSE 'skipped' END, json_extract(value, '$.why') FROM json_each(?) ORDER BY key`)
        .run(run.id, JSON.stringify(rows))
      return !last
    })
    .immediate()
}
