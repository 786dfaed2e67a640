import { bulk, now } from '@/lib/db'
import type { CheckedCaption, ToCheck } from './store'

type Result = { caption: ToCheck; result: CheckedCaption }

/** How many reasons a flag carries: the weightiest, which a person can read at a glance. */
const REASONS = 3

/**
 * Raises `misaligned` on alt texts that speak against their picture, with the weightiest reasons, and `unsupported-name`
 * on what models wrote; takes both back where they hold no longer. What a person cleared stays cleared.
 */
export function evidenceFlags(datasetId: number, results: readonly Result[], off: readonly string[]): void {
  const sql = bulk()
  const raise = sql.prepare(`INSERT INTO Flag (subject, datasetId, sampleId, captionId, rule, raisedBy, evidence, createdAt) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (subject) DO UPDATE SET evidence = excluded.evidence WHERE clearedAt IS NULL`)
  const withdraw = sql.prepare(`DELETE FROM Flag WHERE subject = ? AND clearedAt IS NULL AND raisedBy = ?`)
  const hold = sql.prepare(`UPDATE Caption SET quarantined = 1 WHERE id = ? AND EXISTS (SELECT 1 FROM Flag WHERE subject = ? AND clearedAt IS NULL)`)
  const set = (rule: string, { sampleId, captionId }: ToCheck, evidence: string | undefined, guard: boolean) => {
    const subject = `${rule}:c${captionId}`
    const by = `evidence:${rule}`
    if (evidence === undefined || off.includes(rule)) return void withdraw.run(subject, by)
    raise.run(subject, datasetId, sampleId, captionId, rule, by, evidence, now())
    if (guard) hold.run(captionId, subject)
  }
  for (const { caption, result } of results) {
    if (caption.kind === 'alt' && caption.origin === 'source') {
      const against = result.terms.filter((term) => term.value < 0).slice(0, REASONS)
      set('misaligned', caption, result.verdict === 'misaligned' ? `alignment ${result.score?.toFixed(2)}: ${against.map((term) => term.says).join('; ')}` : undefined, false)
    }
    if (caption.origin === 'model') {
      const names = result.claims.filter((claim) => claim.sort === 'name' && claim.verdict === 'unknown').map((claim) => `“${claim.text}”`)
      set('unsupported-name', caption, names.length ? `${names.join(', ')}: found neither in the alt text nor on the picture` : undefined, true)
    }
  }
}
