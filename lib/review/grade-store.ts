import { claimChecks, type ClaimCheck } from '@/lib/claim/checks'
import { bulk } from '@/lib/db'
import { grade, type Case, type Grade } from './grade'

type Decided = { id: number; sampleId: number; kind: string; bad: number }
export type RuleGrade = Grade & { rule: string }

/** Captions of models and of the data that people decided on one by one; bulk steps left out. */
const DECIDED = `c.datasetId = ? AND c.standing <> 'pending' AND c.origin <> 'human'
  AND EXISTS (SELECT 1 FROM Verdict v WHERE v.captionId = c.id AND v.batchId IS NULL AND v.decision IN ('approve', 'reject', 'edit'))`

function rules(datasetId: number, decided: readonly Decided[]): RuleGrade[] {
  const sql = bulk()
  const raised = sql.prepare(`SELECT f.rule, f.captionId FROM Flag f WHERE f.datasetId = ? AND f.captionId IS NOT NULL AND (f.raisedBy LIKE 'rule:%' OR f.raisedBy LIKE 'evidence:%') ORDER BY f.id`).all(datasetId) as { rule: string; captionId: number }[]
  const alts = new Set(sql.prepare(`SELECT DISTINCT f.rule FROM Flag f JOIN Caption c ON c.id = f.captionId WHERE f.datasetId = ? AND c.kind = 'alt'`).pluck().all(datasetId) as string[])
  return [...Map.groupBy(raised, (flag) => flag.rule)].map(([rule, flags]) => {
    const flagged = new Set(flags.map((flag) => flag.captionId))
    // A rule is held to the sort of caption it looks at: alt texts, or what models wrote.
    const cases: Case[] = decided.filter((one) => (one.kind === 'alt') === alts.has(rule)).map((one) => ({ flagged: flagged.has(one.id), bad: Boolean(one.bad) }))
    return { rule, ...grade(cases) }
  })
}

/**
 * One check of claims: a caption rejected or edited for a reason of its own is a true find, an approved one a false alarm.
 * What was rejected for another reason, or for none, says nothing about this check. Null when it never found anything.
 */
function claims(datasetId: number, { id, sort, reasons }: ClaimCheck): RuleGrade | null {
  const rows = bulk()
    .prepare(`SELECT c.standing = 'rejected' AS bad,
        EXISTS (SELECT 1 FROM Claim cl WHERE cl.captionId = c.id AND cl.sort = @sort AND cl.verdict = @against) AS flagged,
        EXISTS (SELECT 1 FROM Verdict v, json_each(v.reasons) r WHERE v.captionId = c.id AND v.decision IN ('reject', 'edit') AND r.value IN (SELECT value FROM json_each(@reasons))) AS named
      FROM Caption c WHERE ${DECIDED.replace('?', '@datasetId')} AND EXISTS (SELECT 1 FROM Claim cl WHERE cl.captionId = c.id AND cl.sort = @sort) ORDER BY c.id`)
    .all({ datasetId, sort, against: sort === 'name' ? 'unknown' : 'contradicted', reasons: JSON.stringify(reasons) }) as { bad: number; flagged: number; named: number }[]
  const cases = rows.filter((row) => !row.bad || row.named).map((row): Case => ({ flagged: Boolean(row.flagged), bad: Boolean(row.bad) }))
  return cases.length ? { rule: id, ...grade(cases) } : null
}

/** Each check against people's own decisions, on captions that were decided one by one: rules, guards, evidence, and the sorts of claims. */
export function reportCard(datasetId: number): RuleGrade[] {
  const decided = bulk().prepare(`SELECT c.id, c.sampleId, c.kind, c.standing = 'rejected' AS bad FROM Caption c WHERE ${DECIDED} ORDER BY c.id`).all(datasetId) as Decided[]
  return [...rules(datasetId, decided), ...claimChecks.flatMap((one) => claims(datasetId, one) ?? [])]
}
