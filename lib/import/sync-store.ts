import { bulk } from '@/lib/db'

export type SidecarRow = { id: number; datasetId: number; sampleId: number; key: string; path: string; sha256: string }

/** Caption files of a dataset by id after `after`. */
export const sidecarsOf = (datasetId: number, after: number, limit: number): SidecarRow[] =>
  bulk().prepare(`SELECT f.id, f.datasetId, f.sampleId, s.key, f.path, f.sha256 FROM SourceFile f JOIN Sample s ON s.id = f.sampleId WHERE f.datasetId = ? AND f.id > ? ORDER BY f.id LIMIT ?`).all(datasetId, after, limit) as SidecarRow[]

/** How many caption files a dataset was read from. */
export const sidecarCount = (datasetId: number): number => bulk().prepare(`SELECT count(*) FROM SourceFile WHERE datasetId = ?`).pluck().get(datasetId) as number

export const sidecarById = (id: number): SidecarRow | undefined =>
  bulk().prepare(`SELECT f.id, f.datasetId, f.sampleId, s.key, f.path, f.sha256 FROM SourceFile f JOIN Sample s ON s.id = f.sampleId WHERE f.id = ?`).get(id) as SidecarRow | undefined

/** Notes the file as it is now; only when nobody noted another state meanwhile. Returns whether it did. */
export const noteSidecar = (row: SidecarRow, sha256: string): boolean => bulk().prepare(`UPDATE SourceFile SET sha256 = ? WHERE id = ? AND sha256 = ?`).run(sha256, row.id, row.sha256).changes === 1
