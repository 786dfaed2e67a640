import { bulk } from '@/lib/db'
import type { ImportRow } from './store'

/** Samples removed in one transaction. */
const CHUNK = 500

/** How many samples of an import a verdict, a person's flag or later captions speak about. */
export const touched = (importId: number): number =>
  bulk()
    .prepare(`SELECT count(*) FROM Sample s WHERE s.importId = ? AND (
      EXISTS (SELECT 1 FROM Verdict v WHERE v.sampleId = s.id)
      OR EXISTS (SELECT 1 FROM Caption c WHERE c.sampleId = s.id AND (c.runId IS NOT NULL OR c.parentId IS NOT NULL OR c.author IS NOT NULL))
      OR EXISTS (SELECT 1 FROM Flag f WHERE f.sampleId = s.id AND f.rule = 'flagged'))`)
    .pluck()
    .get(importId) as number

/** Removes up to a chunk of an import's samples with all that hangs on them; returns how many went. */
export function removeSamples({ id }: Pick<ImportRow, 'id'>): number {
  const db = bulk()
  return db.transaction(() => {
    const list = db.prepare(`SELECT id FROM Sample WHERE importId = ? ORDER BY id DESC LIMIT ?`).pluck().all(id, CHUNK) as number[]
    if (list.length === 0) return 0
    const ids = JSON.stringify(list)
    const media = JSON.stringify(db.prepare(`SELECT DISTINCT mediaId FROM Sample WHERE id IN (SELECT value FROM json_each(?)) AND mediaId IS NOT NULL`).pluck().all(ids))
    const captions = `SELECT id FROM Caption WHERE sampleId IN (SELECT value FROM json_each(?))`
    db.prepare(`INSERT INTO caption_fts (caption_fts, rowid, text) SELECT 'delete', id, text FROM Caption WHERE sampleId IN (SELECT value FROM json_each(?)) AND id IN (SELECT id FROM caption_fts_docsize)`).run(ids)
    db.prepare(`DELETE FROM Score WHERE captionId IN (${captions})`).run(ids)
    db.prepare(`DELETE FROM Claim WHERE captionId IN (${captions})`).run(ids)
    db.prepare(`DELETE FROM Sample WHERE id IN (SELECT value FROM json_each(?))`).run(ids)
    db.prepare(`DELETE FROM Sight WHERE mediaId IN (SELECT value FROM json_each(?)) AND NOT EXISTS (SELECT 1 FROM Sample s WHERE s.mediaId = Sight.mediaId)`).run(media)
    db.prepare(`DELETE FROM Media WHERE id IN (SELECT value FROM json_each(?)) AND NOT EXISTS (SELECT 1 FROM Sample s WHERE s.mediaId = Media.id)`).run(media)
    return list.length
  }).immediate()
}

/** Forgets the import itself, with its problems. */
export function dropImport(importId: number): void {
  bulk().prepare(`DELETE FROM Import WHERE id = ?`).run(importId)
}
