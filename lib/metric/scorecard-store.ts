import type Database from 'better-sqlite3'
import { editDistance } from './edit-distance'
import { scorecard, type Scorecard } from './scorecard'

type Of = { recipe: string; model: string | null }
const name = (of: Of) => JSON.stringify([of.recipe, of.model])
/** Captions that an accepted plan approved without a look. */
const CERTIFIED = `EXISTS (SELECT 1 FROM Verdict v JOIN Batch b ON b.id = v.batchId WHERE v.captionId = c.id AND b.act = 'certify' AND b.status = 'closed')`
const EDITED = `EXISTS (SELECT 1 FROM edited e WHERE e.parentId = c.id)`
const WITH_EDITED = `WITH edited AS MATERIALIZED (SELECT parentId FROM Caption WHERE datasetId = @id AND parentId IS NOT NULL AND origin = 'human' AND retiredAt IS NULL)`

/** A card for every recipe version and model of a dataset, most captions first. */
export function scorecards(view: Database.Database, datasetId: number): Scorecard[] {
  const all = <T>(sql: string) => view.prepare(sql).all({ id: datasetId }) as (T & Of)[]
  const counted = all<{ captions: number; approved: number; rejected: number }>(`${WITH_EDITED}
    SELECT c.recipe, c.model, count(*) AS captions,
      coalesce(sum(c.standing = 'approved' AND NOT ${EDITED} AND NOT ${CERTIFIED}), 0) AS approved,
      coalesce(sum(c.standing = 'rejected' AND NOT ${EDITED}), 0) AS rejected
    FROM Caption c WHERE c.datasetId = @id AND c.origin = 'model' AND c.recipe IS NOT NULL AND c.retiredAt IS NULL GROUP BY c.recipe, c.model`)
  const edits = all<{ before: string; after: string }>(`SELECT p.recipe, p.model, p.text AS before, c.text AS after FROM Caption c JOIN Caption p ON p.id = c.parentId
    WHERE c.datasetId = @id AND c.origin = 'human' AND c.parentId IS NOT NULL AND c.retiredAt IS NULL AND p.origin = 'model' AND p.recipe IS NOT NULL AND p.retiredAt IS NULL ORDER BY c.id`)
  const reasons = all<{ what: string; n: number }>(`SELECT c.recipe, c.model, r.value AS what, count(DISTINCT c.id) AS n FROM Verdict v JOIN Caption c ON c.id = v.captionId, json_each(v.reasons) r
    WHERE v.datasetId = @id AND v.decision = 'reject' AND c.standing = 'rejected' AND c.recipe IS NOT NULL AND c.retiredAt IS NULL GROUP BY c.recipe, c.model, r.value ORDER BY n DESC, what`)
  const guards = all<{ what: string; n: number }>(`SELECT c.recipe, c.model, f.rule AS what, count(*) AS n FROM Flag f JOIN Caption c ON c.id = f.captionId
    WHERE f.datasetId = @id AND c.origin = 'model' AND c.recipe IS NOT NULL AND c.retiredAt IS NULL GROUP BY c.recipe, c.model, f.rule ORDER BY n DESC, what`)
  const spent = all<{ cost: number }>(`SELECT r.recipe || '@' || r.recipeVersion AS recipe, r.model, sum(r.spent) AS cost FROM Run r WHERE r.datasetId = @id AND r.retiredAt IS NULL GROUP BY 1, 2`)
  const of = (rows: readonly (Of & { what: string; n: number })[], key: string) => Object.fromEntries(rows.filter((row) => name(row) === key).map((row) => [row.what, row.n]))
  const distances = new Map<string, number[]>()
  for (const edit of edits) distances.set(name(edit), [...(distances.get(name(edit)) ?? []), editDistance(edit.before, edit.after)])
  return counted
    .map((row) => {
      const key = name(row)
      return scorecard({ ...row, reasons: of(reasons, key), guards: of(guards, key), cost: spent.find((one) => name(one) === key)?.cost ?? 0, distances: distances.get(key) ?? [] })
    })
    .sort((a, b) => b.captions - a.captions || (a.recipe < b.recipe ? -1 : 1))
}
