import type { DatasetRow } from '@/lib/dataset/schema'
import { bulk, now } from '@/lib/db'
import type { Term } from './schema'
import { ALIGNMENT } from './store'

/** How many reasons a flag carries: the weightiest, which a person can read at a glance. */
const REASONS = 3

type Row = { captionId: number; sampleId: number; kind: string; origin: string; score: number | null; detail: string | null; names: string }

/**
 * Raises `misaligned` on alt texts that speak against their picture, with the weightiest reasons, and `unsupported-name`
 * on what models wrote; takes both back where they hold no longer or are switched off. It reads what was found, so that it
 * holds for captions that were checked before. What a person cleared stays cleared. Returns how many alt texts are misaligned.
 */
export function evidenceFlags(dataset: Pick<DatasetRow, 'id' | 'settings'>, sampleIds: readonly number[]): number {
  const sql = bulk()
  const off = dataset.settings.rulesOff
  const raise = sql.prepare(`INSERT INTO Flag (subject, datasetId, sampleId, captionId, rule, raisedBy, evidence, createdAt) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (subject) DO UPDATE SET evidence = excluded.evidence WHERE clearedAt IS NULL AND evidence <> excluded.evidence`)
  const withdraw = sql.prepare(`DELETE FROM Flag WHERE subject = ? AND clearedAt IS NULL AND raisedBy = ?`)
  const hold = sql.prepare(`UPDATE Caption SET quarantined = 1 WHERE id = ? AND quarantined = 0 AND EXISTS (SELECT 1 FROM Flag WHERE subject = ? AND clearedAt IS NULL)`)
  const set = (rule: string, { sampleId, captionId }: Row, evidence: string | undefined, guard: boolean) => {
    const subject = `${rule}:c${captionId}`
    const by = `evidence:${rule}`
    if (evidence === undefined || off.includes(rule)) return void withdraw.run(subject, by)
    raise.run(subject, dataset.id, sampleId, captionId, rule, by, evidence, now())
    if (guard) hold.run(captionId, subject)
  }
  const rows = sql
    .prepare(`SELECT c.id AS captionId, c.sampleId, c.kind, c.origin, sc.value AS score, CASE WHEN json_extract(sc.detail, '$.verdict') = 'misaligned' THEN sc.detail END AS detail,
        (SELECT json_group_array(cl.text) FROM Claim cl WHERE cl.captionId = c.id AND cl.sort = 'name' AND cl.verdict = 'unknown') AS names
      FROM Caption c JOIN Score sc ON sc.captionId = c.id AND sc.metric = ?
      WHERE c.sampleId IN (SELECT value FROM json_each(?)) AND c.retiredAt IS NULL AND (c.origin = 'model' OR (c.kind = 'alt' AND c.origin = 'source')) ORDER BY c.id`)
    .all(ALIGNMENT, JSON.stringify(sampleIds)) as Row[]
  let misaligned = 0
  for (const row of rows) {
    if (row.origin === 'source') {
      const terms = row.detail === null ? [] : (JSON.parse(row.detail) as { terms: Term[] }).terms
      const against = terms.filter((term) => term.value < 0).slice(0, REASONS)
      if (row.detail !== null && !off.includes('misaligned')) misaligned++
      set('misaligned', row, row.detail === null ? undefined : `alignment ${row.score?.toFixed(2)}: ${against.map((term) => term.says).join('; ')}`, false)
    } else {
      const names = off.includes('claims:name') ? [] : (JSON.parse(row.names) as string[]).map((name) => `“${name}”`)
      set('unsupported-name', row, names.length ? `${names.join(', ')}: found neither in the alt text nor on the picture` : undefined, true)
    }
  }
  return misaligned
}
