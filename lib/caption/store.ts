import type Database from 'better-sqlite3'
import { AppError } from '@/lib/errors'
import { bulk, now } from '@/lib/db'
import { prepared } from '@/lib/prepared'
import { manyInserter } from '@/lib/rows'
import { textHash, wordCount } from './count'
import type { CaptionView, NewCaption } from './schema'

type Row = Omit<CaptionView, 'quarantined' | 'retired'> & { quarantined: number; retiredAt: string | null }

/** The columns of a CaptionView; `c` is the caption table. */
const COLUMNS = `c.id, c.sampleId, c.kind, c.origin, c.standing, c.text, c.version, c.words, c.tokens, c.model, c.recipe, c.runId, c.parentId, c.author, c.quarantined, c.retiredAt, c.createdAt`

function view({ retiredAt, quarantined, ...row }: Row): CaptionView {
  return { ...row, quarantined: Boolean(quarantined), retired: retiredAt !== null }
}

const writers = new WeakMap<Database.Database, ReturnType<typeof manyInserter>>()
function writer(): ReturnType<typeof manyInserter> {
  const db = bulk()
  const known = writers.get(db) ?? manyInserter(db, 'Caption (datasetId, sampleId, text, kind, origin, standing, model, recipe, runId, parentId, author, words, textHash, createdAt)', 14)
  writers.set(db, known)
  return known
}

/** Adds captions; text never changes afterwards. Returns the new ids, in order. Call inside a transaction of at most 50 ms. */
export function insertCaptions(rows: readonly NewCaption[]): number[] {
  const remember = prepared(`INSERT INTO TextHash (captionId, hash) VALUES (?, ?)`)
  const time = now()
  const hashes = rows.map((row) => textHash(row.text))
  const ids = writer()(
    rows.map((row, i) => [row.datasetId, row.sampleId, row.text, row.kind, row.origin, row.standing ?? 'pending', row.model ?? null, row.recipe ?? null, row.runId ?? null, row.parentId ?? null, row.author ?? null, wordCount(row.text), hashes[i], time]),
  )
  rows.forEach((row, i) => row.origin !== 'source' && remember.run(ids[i], hashes[i]))
  return ids
}

/**
 * Brings full text up to the newest caption, at most `most` captions in one go; returns how many were taken. A caption's
 * text never changes and ids only grow, so the largest indexed id is the whole state.
 */
export function indexText(most = 2000): number {
  return bulk()
    .prepare(`INSERT INTO caption_fts (rowid, text) SELECT id, text FROM Caption WHERE id > (SELECT coalesce(max(id), 0) FROM caption_fts_docsize) ORDER BY id LIMIT ?`)
    .run(most).changes
}

export function captionById(id: number): CaptionView {
  const row = bulk().prepare(`SELECT ${COLUMNS} FROM Caption c WHERE c.id = ?`).get(id) as Row | undefined
  if (!row) throw new AppError('not_found', `There is no caption ${id}.`)
  return view(row)
}

/** All captions of these samples, oldest first. */
export function captionsOf(sampleIds: readonly number[]): CaptionView[] {
  const rows = prepared(`SELECT ${COLUMNS} FROM Caption c WHERE c.sampleId IN (SELECT value FROM json_each(?)) ORDER BY c.id`).all(JSON.stringify(sampleIds)) as Row[]
  return rows.map(view)
}

/** Captions whose CLIP tokens are not counted yet, by id after `after`. */
export function uncounted(after: number, limit: number): { id: number; text: string }[] {
  return bulk().prepare(`SELECT id, text FROM Caption WHERE id > ? AND tokens IS NULL ORDER BY id LIMIT ?`).all(after, limit) as { id: number; text: string }[]
}

export function setTokens(counts: readonly { id: number; tokens: number }[]): void {
  const set = bulk().prepare(`UPDATE Caption SET tokens = ? WHERE id = ?`)
  bulk().transaction(() => counts.forEach((one) => set.run(one.tokens, one.id)))()
}
