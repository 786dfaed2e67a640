import { rm } from 'node:fs/promises'
import { textHash } from '@/lib/caption/count'
import { bulk, now } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { mediaById, storePath, type MediaRow } from '@/lib/media/store'
import { SIDES, thumbnailFile } from '@/lib/media/thumbnail'
import { buriedKey } from '@/lib/sample/tombstone-store'
import { sqlFunction } from '@/lib/sql-function'
import { durable } from './durable-store'
import { rememberReviewer } from './log-store'
import type { Actor } from './schema'

export type Tombstone = { id: number; datasetId: number; keyHash: string; mediaSha256: string | null; captions: number; verdicts: number; reviewer: string; reason: string; createdAt: string }
/** `shared`: samples that use the same picture, so its bytes stayed; `left`: where bytes lie that are not ours to remove; `releases`: finished releases of the dataset, which may hold the sample. */
export type Purged = { tombstones: number[]; files: number; shared: { datasetId: number; key: string }[]; left: string[]; releases: { id: number; path: string }[] }

sqlFunction('text_hash', textHash)

type Target = { id: number; datasetId: number; key: string; mediaId: number | null }
const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`

/** Tables that speak of a sample, a caption or a picture, so that a table made later is not forgotten. */
function tablesWith(column: string): string[] {
  return bulk()
    .prepare(`SELECT m.name FROM sqlite_schema m JOIN pragma_table_info(m.name) c ON c.name = ? WHERE m.type = 'table' AND m.name NOT LIKE 'caption_fts%' ORDER BY m.name`)
    .pluck()
    .all(column) as string[]
}

/** Whether full text takes the words of what goes out of its index at once, not with some later merge. */
const secureText = (on: 0 | 1) => ['caption_fts', 'caption_chars'].forEach((index) => bulk().prepare(`INSERT INTO ${index} (${index}, rank) VALUES ('secure-delete', ${on})`).run())

/**
 * Removes a sample for good, where rights demand it: its captions, decisions, flags and scores, what models answered about it,
 * the plans that show it, and the bytes of its picture and thumbnails. A tombstone stays, without a word of the content. `everywhere`: all samples with the same picture, in all
 * datasets; otherwise a picture that another sample uses stays.
 */
export async function purge(actor: Actor, datasetId: number, key: string, given: { reason: string; everywhere?: boolean }): Promise<Purged> {
  if (given.reason.trim() === '') throw new AppError('invalid', 'Say why the sample is removed for good; the reason stays in the history.')
  const sql = bulk()
  const first = sql.prepare(`SELECT id, datasetId, key, mediaId FROM Sample WHERE datasetId = ? AND key = ?`).get(datasetId, key) as Target | undefined
  if (!first) throw new AppError('not_found', `There is no sample “${key}” in this dataset.`)
  const users = first.mediaId === null ? [first] : (sql.prepare(`SELECT id, datasetId, key, mediaId FROM Sample WHERE mediaId = ? ORDER BY id`).all(first.mediaId) as Target[])
  const targets = given.everywhere ? users : [first]
  const shared = given.everywhere ? [] : users.filter((one) => one.id !== first.id)
  const media = first.mediaId === null || shared.length ? undefined : mediaById(first.mediaId)
  // Freed pages are overwritten, so that the text cannot be read back from the file.
  sql.pragma('secure_delete = ON')
  let tombstones: number[]
  try {
    tombstones = await durable(() => {
      rememberReviewer(actor.reviewer)
      secureText(1)
      const ids = targets.map((target) => bury(actor, target, media?.sha256 ?? null, given.reason))
      removeStrayAnswers()
      secureText(0)
      if (media) {
        for (const table of tablesWith('mediaId')) if (table !== 'Sample') sql.prepare(`DELETE FROM ${quoted(table)} WHERE mediaId = ?`).run(media.id)
        sql.prepare(`DELETE FROM Media WHERE id = ?`).run(media.id)
      }
      return ids
    })
  } finally {
    sql.pragma('secure_delete = OFF')
  }
  const files = media ? await removeFiles(media) : 0
  sql.pragma('wal_checkpoint(TRUNCATE)')
  return {
    tombstones,
    files,
    shared: shared.map(({ datasetId: other, key: name }) => ({ datasetId: other, key: name })),
    left: media && (media.place === 'file' || media.place === 'member') ? [media.path] : [],
    releases: sql.prepare(`SELECT id, path FROM Release WHERE datasetId IN (SELECT value FROM json_each(?)) AND status = 'done' ORDER BY id`).all(JSON.stringify(targets.map((one) => one.datasetId))) as Purged['releases'],
  }
}

function bury(actor: Actor, { id, datasetId, key }: Target, sha256: string | null, reason: string): number {
  const sql = bulk()
  const captions = sql.prepare(`SELECT id FROM Caption WHERE sampleId = ? ORDER BY id`).pluck().all(id) as number[]
  const verdicts = sql.prepare(`SELECT count(*) FROM Verdict WHERE sampleId = ?`).pluck().get(id) as number
  sql.prepare(`INSERT INTO caption_fts (caption_fts, rowid, text) SELECT 'delete', id, text FROM Caption WHERE sampleId = ? AND id <= (SELECT coalesce(max(id), 0) FROM caption_fts_docsize)`).run(id)
  sql.prepare(`DELETE FROM Opinion WHERE itemId IN (SELECT id FROM OverlapItem WHERE sampleId = ?)`).run(id)
  // A plan that is being made is kept whole after each sample, by a worker that still holds this one.
  sql.prepare(`DELETE FROM RunPlan WHERE datasetId = ? AND (status = 'running' OR EXISTS (SELECT 1 FROM json_each(result, '$.tried') WHERE json_extract(value, '$.sampleId') = ?))`).run(datasetId, id)
  for (const table of tablesWith('captionId')) sql.prepare(`DELETE FROM ${quoted(table)} WHERE captionId IN (SELECT value FROM json_each(?))`).run(JSON.stringify(captions))
  for (const table of tablesWith('sampleId')) sql.prepare(`DELETE FROM ${quoted(table)} WHERE sampleId = ?`).run(id)
  sql.prepare(`DELETE FROM Sample WHERE id = ?`).run(id)
  const made = sql
    .prepare(`INSERT INTO Tombstone (datasetId, keyHash, mediaSha256, captions, verdicts, reviewer, reason, createdAt) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`)
    .run(datasetId, buriedKey(key), sha256, captions.length, verdicts, actor.reviewer, reason, now())
  return Number(made.lastInsertRowid)
}

/**
 * Answers of which nobody noted whose they are may speak of what was removed, whatever their captions were made of: in
 * quotation marks, as JSON, not accepted. Those that say word for word what a caption still says are noted as its sample's;
 * the others go, and at worst are asked for again.
 */
function removeStrayAnswers(): void {
  const sql = bulk()
  sql.prepare(`UPDATE Answer SET sampleId = (SELECT c.sampleId FROM TextHash h JOIN Caption c ON c.id = h.captionId WHERE h.hash = text_hash(Answer.text) AND c.text = Answer.text AND c.origin = 'model' LIMIT 1) WHERE sampleId IS NULL`).run()
  sql.prepare(`DELETE FROM Answer WHERE sampleId IS NULL`).run()
}

async function removeFiles(media: MediaRow): Promise<number> {
  const kept = media.place === 'store' ? media.path : media.place === 'url' ? media.member : null
  const files = [...SIDES.map((side) => thumbnailFile(media, side)), ...(kept ? [storePath(kept)] : [])]
  let removed = 0
  for (const file of files) {
    try {
      await rm(file)
      removed++
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
    }
  }
  return removed
}

/** What was removed for good from a dataset, newest first. */
export const tombstones = (datasetId: number): Tombstone[] => bulk().prepare(`SELECT * FROM Tombstone WHERE datasetId = ? ORDER BY id DESC`).all(datasetId) as Tombstone[]
