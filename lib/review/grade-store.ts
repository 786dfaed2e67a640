import { bulk } from '@/lib/db'
import { grade, type Case, type Grade } from './grade'

/** Each rule against people's own decisions (bulk steps left out), on captions that were decided one by one. */
export function reportCard(datasetId: number): (Grade & { rule: string })[] {
  const sql = bulk()
  const decided = sql
    .prepare(`SELECT c.id, c.sampleId, c.kind, c.standing = 'rejected' AS bad FROM Caption c WHERE c.datasetId = ? AND c.standing <> 'pending' AND c.origin <> 'human'
      AND EXISTS (SELECT 1 FROM Verdict v WHERE v.captionId = c.id AND v.batchId IS NULL AND v.decision IN ('approve', 'reject', 'edit')) ORDER BY c.id`)
    .all(datasetId) as { id: number; sampleId: number; kind: string; bad: number }[]
  const raised = sql.prepare(`SELECT f.rule, f.captionId FROM Flag f WHERE f.datasetId = ? AND f.captionId IS NOT NULL AND f.raisedBy LIKE 'rule:%' ORDER BY f.id`).all(datasetId) as { rule: string; captionId: number }[]
  const alts = new Set(sql.prepare(`SELECT DISTINCT f.rule FROM Flag f JOIN Caption c ON c.id = f.captionId WHERE f.datasetId = ? AND c.kind = 'alt'`).pluck().all(datasetId) as string[])
  return [...Map.groupBy(raised, (flag) => flag.rule)].map(([rule, flags]) => {
    const flagged = new Set(flags.map((flag) => flag.captionId))
    // A rule is held to the sort of caption it looks at: alt texts, or what models wrote.
    const cases: Case[] = decided.filter((one) => (one.kind === 'alt') === alts.has(rule)).map((one) => ({ flagged: flagged.has(one.id), bad: Boolean(one.bad) }))
    return { rule, ...grade(cases) }
  })
}
