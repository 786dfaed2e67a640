import { bulk, now } from '@/lib/db'
import { guardIds } from './catalog'

const BY = 'switched off'

/**
 * Takes open flags of checks that were switched off out of sight, and brings back those of checks that were switched on,
 * with the quarantine that hangs on them. The rows stay, so that a check is graded all the same; a person's own flags are left.
 */
export function switchFlags(datasetId: number, { off, on }: { off: readonly string[]; on: readonly string[] }): void {
  const sql = bulk()
  const ours = `(raisedBy LIKE 'rule:%' OR raisedBy LIKE 'evidence:%')`
  const hide = sql.prepare(`UPDATE Flag SET clearedAt = ?, clearedBy = '${BY}' WHERE datasetId = ? AND rule = ? AND clearedAt IS NULL AND ${ours}`)
  const show = sql.prepare(`UPDATE Flag SET clearedAt = NULL, clearedBy = NULL WHERE datasetId = ? AND rule = ? AND clearedBy = '${BY}'`)
  const release = sql.prepare(`UPDATE Caption SET quarantined = 0 WHERE quarantined = 1 AND id IN (SELECT captionId FROM Flag WHERE datasetId = ? AND rule = ? AND clearedBy = '${BY}')
    AND NOT EXISTS (SELECT 1 FROM Flag f WHERE f.captionId = Caption.id AND f.clearedAt IS NULL AND f.rule IN (SELECT value FROM json_each(?)))`)
  const hold = sql.prepare(`UPDATE Caption SET quarantined = 1 WHERE origin = 'model' AND id IN (SELECT captionId FROM Flag WHERE datasetId = ? AND rule = ? AND clearedAt IS NULL)`)
  sql.transaction(() => {
    for (const rule of off) {
      hide.run(now(), datasetId, rule)
      release.run(datasetId, rule, JSON.stringify(guardIds))
    }
    for (const rule of on) {
      show.run(datasetId, rule)
      if (guardIds.includes(rule)) hold.run(datasetId, rule)
    }
  })()
}
