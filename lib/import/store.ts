import { bulk, now } from '@/lib/db'
import { AppError } from '@/lib/errors'
import type { ImportProblemView } from './schema'

export type ImportRow = {
  id: number
  datasetId: number
  source: string
  format: string
  mapping: string
  copy: number
  status: 'pending' | 'running' | 'done' | 'failed'
  why: string
  cursor: number
  cursorKey: string | null
  captions: number
  added: number
  skipped: number
  problems: number
  createdAt: string
  finishedAt: string | null
}
/** What one chunk changed. */
export type Taken = { added: number; skipped: number; captions: number; problems: number }

/** Problems that an answer lists; the rest is counted and can be downloaded. */
const LISTED = 10_000

/** The import that was asked for: the unfinished one of the very same request, which goes on, or a new one. */
export function openImport(request: { datasetId: number; source: string; format: string; mapping: string; copy: boolean }): ImportRow {
  const db = bulk()
  return db.transaction(() => {
    const same = db.prepare(`SELECT * FROM Import WHERE datasetId = ? AND source = ? AND format = ? AND mapping = ? AND copy = ? AND status <> 'done' ORDER BY id DESC LIMIT 1`)
    const found = same.get(request.datasetId, request.source, request.format, request.mapping, Number(request.copy)) as ImportRow | undefined
    if (found) {
      db.prepare(`UPDATE Import SET status = 'running', why = '' WHERE id = ?`).run(found.id)
      return found
    }
    const made = db.prepare(`INSERT INTO Import (datasetId, source, format, mapping, copy, status, createdAt) VALUES (?, ?, ?, ?, ?, 'running', ?)`)
    return importById(Number(made.run(request.datasetId, request.source, request.format, request.mapping, Number(request.copy), now()).lastInsertRowid))
  }).immediate()
}

/** Throws 'not_found'. */
export function importById(id: number): ImportRow {
  const found = bulk().prepare(`SELECT * FROM Import WHERE id = ?`).get(id) as ImportRow | undefined
  if (!found) throw new AppError('not_found', `There is no import ${id}.`)
  return found
}

/** The imports of a dataset, newest first. */
export const importsOf = (datasetId: number): ImportRow[] => bulk().prepare(`SELECT * FROM Import WHERE datasetId = ? ORDER BY id DESC`).all(datasetId) as ImportRow[]

/** Reads a changed source from its start; what it added already is found by its key and stays counted. */
export function rewind(id: number): void {
  bulk().prepare(`UPDATE Import SET cursor = 0, cursorKey = NULL, skipped = 0 WHERE id = ?`).run(id)
}

export function finishImport(id: number, status: 'done' | 'failed', why = ''): void {
  bulk().prepare(`UPDATE Import SET status = ?, why = ?, finishedAt = ? WHERE id = ?`).run(status, why, now(), id)
}

/** Moves the import's mark, within the transaction that wrote the rows it speaks of. */
export function advance(id: number, cursor: number, cursorKey: string, taken: Taken): void {
  bulk()
    .prepare(`UPDATE Import SET cursor = ?, cursorKey = ?, added = added + ?, skipped = skipped + ?, captions = captions + ?, problems = problems + ? WHERE id = ?`)
    .run(cursor, cursorKey, taken.added, taken.skipped, taken.captions, taken.problems, id)
}

/** Notes problems once each; returns how many are new. */
export function noteProblems(importId: number, problems: readonly ImportProblemView[]): number {
  const note = bulk().prepare(`INSERT INTO Problem (importId, path, line, why) SELECT @importId, @path, @line, @why WHERE NOT EXISTS (SELECT 1 FROM Problem WHERE importId = @importId AND path = @path AND line IS @line AND why = @why)`)
  return problems.reduce((sum, one) => sum + note.run({ importId, path: one.path.toWellFormed(), line: one.line ?? null, why: one.why.toWellFormed() }).changes, 0)
}

/** Problems in the order in which they were met, a page at a time. */
export function problemsOf(importId: number, after = 0, limit = LISTED): (ImportProblemView & { id: number })[] {
  const rows = bulk().prepare(`SELECT id, path, line, why FROM Problem WHERE importId = ? AND id > ? ORDER BY id LIMIT ?`).all(importId, after, limit) as { id: number; path: string; line: number | null; why: string }[]
  return rows.map(({ line, ...row }) => (line === null ? row : { ...row, line }))
}
