import type Database from 'better-sqlite3'
import { bulk, now } from '@/lib/db'
import { AppError } from '@/lib/errors'
import type { MediaRow } from '@/lib/media/store'
import { Certification, FileTotals, ManifestInShort, Progress, ReleaseRequest, Seconds, type Manifest, type ReleaseRow } from './schema'

type Raw = { id: number; datasetId: number; format: string; spec: string; manifest: string | null; path: string; status: ReleaseRow['status']; why: string; samples: number; progress: string | null; seconds: string | null; createdAt: string; finishedAt: string | null; fileTotals: string | null }
/** All of a row but its files. */
const COLUMNS = 'id, datasetId, format, spec, manifest, path, status, why, samples, progress, seconds, createdAt, finishedAt, fileTotals'
const row = ({ spec, manifest, progress, seconds, fileTotals, ...raw }: Raw): ReleaseRow => ({
  ...raw,
  request: ReleaseRequest.parse(JSON.parse(spec)),
  manifest: manifest ? ManifestInShort.parse(JSON.parse(manifest)) : null,
  files: fileTotals ? FileTotals.parse(JSON.parse(fileTotals)) : null,
  progress: progress ? Progress.parse(JSON.parse(progress)) : null,
  seconds: seconds ? Seconds.parse(JSON.parse(seconds)) : null,
})

/** A release that is asked for. `path`: the folder it will have; its id may stand in it. */
export function addRelease(datasetId: number, request: ReleaseRequest, path: (id: number) => string): ReleaseRow {
  const sql = bulk()
  const id = sql
    .transaction(() => {
      const made = Number(sql.prepare(`INSERT INTO Release (datasetId, format, spec, path, createdAt) VALUES (?, ?, ?, '', ?)`).run(datasetId, request.format, JSON.stringify(request), now()).lastInsertRowid)
      sql.prepare(`UPDATE Release SET path = ? WHERE id = ?`).run(path(made), made)
      return made
    })
    .immediate()
  return releaseById(id)
}

/** Throws 'not_found'. */
export function releaseById(id: number): ReleaseRow {
  const found = bulk().prepare(`SELECT ${COLUMNS} FROM Release WHERE id = ?`).get(id) as Raw | undefined
  if (!found) throw new AppError('not_found', `There is no release ${id}.`)
  return row(found)
}

/** The releases of a dataset, newest first. */
export const releasesOf = (datasetId: number, limit = 100): ReleaseRow[] => (bulk().prepare(`SELECT ${COLUMNS} FROM Release WHERE datasetId = ? ORDER BY id DESC LIMIT ?`).all(datasetId, limit) as Raw[]).map(row)

/** Files of a finished release in the order of its manifest, at most `limit` behind the first `after`. */
export function releaseFiles(id: number, after: number, limit: number): Manifest['files'] {
  const rows = bulk().prepare(`SELECT f.value FROM Release r, json_each(r.files) f WHERE r.id = ? AND f.key >= ? ORDER BY f.key LIMIT ?`).pluck().all(id, after, limit) as string[]
  return rows.map((file) => JSON.parse(file) as Manifest['files'][number])
}

export const runningReleases = (): ReleaseRow[] => (bulk().prepare(`SELECT ${COLUMNS} FROM Release WHERE status = 'running' ORDER BY id`).all() as Raw[]).map(row)

export const startRelease = (id: number): boolean => bulk().prepare(`UPDATE Release SET status = 'running', why = '', progress = NULL WHERE id = ? AND status <> 'done'`).run(id).changes > 0

/** How far a release is, for those who watch it. */
export const tellProgress = (id: number, progress: Progress): void => void bulk().prepare(`UPDATE Release SET progress = ? WHERE id = ? AND status = 'running'`).run(JSON.stringify(progress), id)

/** `seconds` is not known of a release that was found finished after its process had gone. */
export function finishRelease(id: number, { files, ...manifest }: Manifest, seconds: Seconds | null): void {
  const totals: FileTotals = { count: files.length, bytes: files.reduce((sum, file) => sum + file.bytes, 0) }
  bulk()
    .prepare(`UPDATE Release SET status = 'done', why = '', progress = NULL, manifest = ?, samples = ?, seconds = ?, finishedAt = ?, fileTotals = ?, files = ? WHERE id = ?`)
    .run(JSON.stringify(manifest), manifest.samples, seconds && JSON.stringify(seconds), now(), JSON.stringify(totals), JSON.stringify(files), id)
}

export function failRelease(id: number, why: string): void {
  bulk().prepare(`UPDATE Release SET status = 'failed', why = ?, progress = NULL, finishedAt = ? WHERE id = ? AND status <> 'done'`).run(why, now(), id)
}

/** Pictures of one batch by id. */
export function mediaOf(view: Database.Database, ids: readonly number[]): Map<number, MediaRow> {
  if (ids.length === 0) return new Map()
  const rows = view.prepare(`SELECT * FROM Media WHERE id IN (SELECT value FROM json_each(?))`).all(JSON.stringify(ids)) as MediaRow[]
  return new Map(rows.map((media) => [media.id, media]))
}

/** Keys of the first samples of near-duplicate groups. */
export function keysOf(view: Database.Database, ids: readonly number[]): Map<number, string> {
  const rows = view.prepare(`SELECT id, key FROM Sample WHERE id IN (SELECT value FROM json_each(?))`).all(JSON.stringify(ids)) as { id: number; key: string }[]
  return new Map(rows.map((sample) => [sample.id, sample.key]))
}

/** The accepted sampling plans whose certification was not taken back. */
export function certifications(view: Database.Database, datasetId: number): Certification[] {
  return view
    .prepare(`SELECT p.kind, p.filter, p.lot AS certified, p.size, p.allowed, p."limit" AS bound, 1 - p.risk AS confidence,
        (SELECT count(*) FROM PlanItem i WHERE i.planId = p.id AND i.decision IN ('reject', 'edit')) AS errors
      FROM Plan p WHERE p.datasetId = ? AND p.status = 'accepted'
        AND (SELECT count(*) FROM Batch b WHERE b.rootId = p.batchId AND b.id <> p.batchId AND b.status = 'closed') % 2 = 0
      ORDER BY p.id`)
    .all(datasetId)
    .map((plan) => Certification.parse(plan))
}

/** The text of a sample's caption by its hash; texts never change, so it is the one that was released. */
export const textOf = (datasetId: number, key: string, kind: string, hash: string): string =>
  (bulk().prepare(`SELECT c.text FROM Sample s JOIN Caption c ON c.sampleId = s.id WHERE s.datasetId = ? AND s.key = ? AND c.kind = ? AND c.textHash = ? ORDER BY c.id LIMIT 1`).pluck().get(datasetId, key, kind, hash) as string | undefined) ?? ''
