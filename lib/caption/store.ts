import type Database from 'better-sqlite3'
import { AppError } from '@/lib/errors'
import { bulk, now } from '@/lib/db'
import { prepared } from '@/lib/prepared'
import { manyInserter, type Inserter } from '@/lib/rows'
import { textHash, wordCount } from './count'
import type { CaptionView, NewCaption } from './schema'
import { spaced, unspaced } from './unspaced'

type Row = Omit<CaptionView, 'quarantined' | 'retired'> & { quarantined: number; retiredAt: string | null }

/** The columns of a CaptionView; `c` is the caption table. */
const COLUMNS = `c.id, c.sampleId, c.kind, c.origin, c.standing, c.text, c.version, c.words, c.tokens, c.model, c.recipe, c.runId, c.parentId, c.author, c.quarantined, c.retiredAt, c.createdAt`

function view({ retiredAt, quarantined, ...row }: Row): CaptionView {
  return { ...row, quarantined: Boolean(quarantined), retired: retiredAt !== null }
}

const EACH = ['sampleId', 'text', 'words', 'textHash', 'parentId']
const SAME = ['datasetId', 'kind', 'origin', 'standing', 'model', 'recipe', 'runId', 'author', 'createdAt']
const writers = new WeakMap<Database.Database, Inserter>()
function writer(): Inserter {
  const db = bulk()
  const known = writers.get(db) ?? manyInserter(db, 'Caption', EACH, SAME)
  writers.set(db, known)
  return known
}

const sameOf = ({ datasetId, kind, origin, standing = 'pending', model = null, recipe = null, runId = null, author = null }: NewCaption) => ({ datasetId, kind, origin, standing, model, recipe, runId, author })
const alike = (a: NewCaption, b: NewCaption) => a.kind === b.kind && a.origin === b.origin && a.model === b.model && a.datasetId === b.datasetId && a.standing === b.standing && a.recipe === b.recipe && a.runId === b.runId && a.author === b.author

/** The places of captions that one statement can write, group by group in order of their first. */
function groupsOf(rows: readonly NewCaption[]): number[][] {
  const groups: number[][] = []
  let last: number[] | undefined
  rows.forEach((row, at) => {
    if (!last || !alike(rows[last[0]], row)) last = groups.find((group) => alike(rows[group[0]], row))
    if (last) last.push(at)
    else groups.push((last = [at]))
  })
  return groups
}

/** Adds captions; text never changes afterwards. Returns the new ids, in order. Call inside a transaction of at most 50 ms. */
export function insertCaptions(rows: readonly NewCaption[]): number[] {
  const remember = prepared(`INSERT INTO TextHash (captionId, hash) VALUES (?, ?)`)
  const apart = prepared(`INSERT INTO CaptionSpaced (captionId, text) VALUES (?, ?)`)
  const createdAt = now()
  const ids = new Array<number>(rows.length)
  for (const group of groupsOf(rows)) {
    const hashes = group.map((at) => textHash(rows[at].text))
    const made = writer()(group.map((at, i) => [rows[at].sampleId, rows[at].text, wordCount(rows[at].text), hashes[i], rows[at].parentId ?? null]), { ...sameOf(rows[group[0]]), createdAt })
    group.forEach((at, i) => {
      ids[at] = made[i]
      if (rows[at].origin !== 'source' || rows[at].kind !== 'alt') remember.run(made[i], hashes[i])
      if (unspaced(rows[at].text)) apart.run(made[i], spaced(rows[at].text))
    })
  }
  return ids
}

const INDEX = `INSERT INTO caption_fts (rowid, text) SELECT id, text FROM Caption WHERE id > (SELECT coalesce(max(id), 0) FROM caption_fts_docsize) ORDER BY id LIMIT ?`
const INDEX_CHARS = `INSERT INTO caption_chars (rowid, text) SELECT captionId, text FROM CaptionSpaced WHERE captionId > (SELECT coalesce(max(id), 0) FROM caption_chars_docsize) ORDER BY captionId LIMIT ?`

/**
 * Brings full text up to the newest caption, at most `most` captions in one go; returns how many were taken. A caption's
 * text never changes and ids only grow, so the largest indexed id is the whole state.
 */
export function indexText(most = 2000): number {
  const words = bulk().prepare(INDEX).run(most).changes
  return Math.max(words, bulk().prepare(INDEX_CHARS).run(most).changes)
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

/** Captions of a dataset whose CLIP tokens are not counted yet, by id after `after`. */
export const uncounted = (datasetId: number, after: number, limit: number): { id: number; text: string }[] =>
  bulk().prepare(`SELECT id, text FROM Caption WHERE datasetId = ? AND id > ? AND tokens IS NULL ORDER BY id LIMIT ?`).all(datasetId, after, limit) as { id: number; text: string }[]

export function setTokens(counts: readonly { id: number; tokens: number }[]): void {
  const set = bulk().prepare(`UPDATE Caption SET tokens = ? WHERE id = ?`)
  bulk().transaction(() => counts.forEach((one) => set.run(one.tokens, one.id)))()
}
