import { bulk, db, now } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { prepared } from '@/lib/prepared'
import { DatasetName, DatasetSettings, type DatasetCard, type DatasetRow } from './schema'

type Raw = { id: number; name: string; note: string; licence: string; settings: string; createdAt: string }

const row = (raw: Raw): DatasetRow => ({ ...raw, settings: DatasetSettings.parse(JSON.parse(raw.settings)), createdAt: new Date(raw.createdAt).toISOString() })
// Prepared statements: the first question to Prisma costs a quarter of a second, most of what a small command takes.
const found = (column: 'id' | 'name', value: number | string) => prepared(`SELECT id, name, note, licence, settings, createdAt FROM Dataset WHERE ${column} = ?`).get(value) as Raw | undefined

export async function findDataset(name: string): Promise<DatasetRow | null> {
  const raw = found('name', name)
  return raw ? row(raw) : null
}

/** Throws 'not_found' with the names there are. */
export async function datasetByName(name: string): Promise<DatasetRow> {
  const dataset = await findDataset(name)
  if (dataset) return dataset
  const others = bulk().prepare(`SELECT name FROM Dataset ORDER BY id LIMIT 10`).pluck().all() as string[]
  throw new AppError('not_found', `There is no dataset “${name}”. ${others.length ? `There are: ${others.join(', ')}.` : 'Import one first: recaption import <folder> --dataset <name>.'}`)
}

export async function datasetById(id: number): Promise<DatasetRow> {
  const raw = found('id', id)
  if (!raw) throw new AppError('not_found', `There is no dataset ${id}.`)
  return row(raw)
}

/** The dataset of this name, made when it is not there yet. */
export async function createDataset(input: { name: string; note?: string; licence?: string }): Promise<DatasetRow> {
  const name = DatasetName.safeParse(input.name)
  if (!name.success) throw new AppError('invalid', `“${input.name}” cannot name a dataset: ${name.error.issues[0].message}.`)
  bulk().prepare(`INSERT INTO Dataset (name, note, licence, createdAt) VALUES (?, ?, ?, ?) ON CONFLICT (name) DO NOTHING`).run(name.data, input.note ?? '', input.licence ?? '', now())
  return datasetByName(name.data)
}

export async function updateSettings(id: number, patch: Partial<DatasetSettings>): Promise<DatasetRow> {
  const settings = DatasetSettings.parse({ ...(await datasetById(id)).settings, ...patch })
  const { createdAt, ...updated } = await (await db()).dataset.update({ where: { id }, data: { settings: JSON.stringify(settings) } })
  return row({ ...updated, createdAt: createdAt.toISOString() })
}

/** One card a dataset; every count is read from an index. */
export function listDatasets(): DatasetCard[] {
  const sql = bulk()
  const cards = sql.prepare(`SELECT d.id, d.name, d.createdAt,
      (SELECT count(*) FROM Sample s WHERE s.datasetId = d.id) AS samples,
      (SELECT count(*) FROM Caption c WHERE c.datasetId = d.id) AS captions,
      (SELECT count(DISTINCT c.sampleId) FROM Caption c WHERE c.datasetId = d.id AND c.kind <> 'alt') AS captioned,
      (SELECT count(DISTINCT v.sampleId) FROM Verdict v WHERE v.datasetId = d.id AND v.decision IN ('approve', 'reject', 'edit', 'drop')) AS reviewed,
      (SELECT count(*) FROM Flag f WHERE f.datasetId = d.id AND f.clearedAt IS NULL) AS openFlags
    FROM Dataset d ORDER BY d.id`).all() as Omit<DatasetCard, 'thumbnails' | 'lastRelease'>[]
  const pictures = sql.prepare(`SELECT mediaId FROM Sample WHERE datasetId = ? AND mediaId IS NOT NULL ORDER BY id LIMIT 4`).pluck()
  const release = sql.prepare(`SELECT id, format, samples, finishedAt FROM Release WHERE datasetId = ? AND status = 'done' ORDER BY id DESC LIMIT 1`)
  return cards.map((card) => ({ ...card, thumbnails: pictures.all(card.id) as number[], lastRelease: release.get(card.id) as DatasetCard['lastRelease'] }))
}

/** Removes a dataset that holds nothing and that no more than one import was for. */
export const forgetEmpty = (id: number): void =>
  void bulk().prepare(`DELETE FROM Dataset WHERE id = @id AND NOT EXISTS (SELECT 1 FROM Sample WHERE datasetId = @id) AND (SELECT count(*) FROM Import WHERE datasetId = @id) < 2`).run({ id })

/** Removes a dataset with its samples, captions, flags, runs and releases; pictures that no other dataset uses go too. */
export async function deleteDataset(id: number): Promise<void> {
  const all = await db()
  await all.$transaction([
    all.$executeRaw`DELETE FROM Claim WHERE captionId IN (SELECT id FROM Caption WHERE datasetId = ${id})`,
    all.$executeRaw`DELETE FROM Score WHERE captionId IN (SELECT id FROM Caption WHERE datasetId = ${id})`,
    all.$executeRaw`INSERT INTO caption_fts (caption_fts, rowid, text) SELECT 'delete', id, text FROM Caption WHERE datasetId = ${id} AND id <= (SELECT coalesce(max(id), 0) FROM caption_fts_docsize)`,
    all.verdict.deleteMany({ where: { datasetId: id } }),
    all.batch.deleteMany({ where: { datasetId: id } }),
    all.summary.deleteMany({ where: { datasetId: id } }),
    all.blend.deleteMany({ where: { datasetId: id } }),
    all.savedFilter.deleteMany({ where: { datasetId: id } }),
    all.dataset.delete({ where: { id } }),
    all.$executeRaw`DELETE FROM Media WHERE id NOT IN (SELECT mediaId FROM Sample WHERE mediaId IS NOT NULL)`,
  ])
}

/** Saved filters of a dataset, by name; saving a name again replaces its query. */
export const savedFilters = async (datasetId: number) => (await db()).savedFilter.findMany({ where: { datasetId }, orderBy: { name: 'asc' }, select: { name: true, query: true } })
export const saveFilter = async (datasetId: number, name: string, query: string) =>
  (await db()).savedFilter.upsert({ where: { datasetId_name: { datasetId, name } }, create: { datasetId, name, query, createdAt: now() }, update: { query } })
export const forgetFilter = async (datasetId: number, name: string) => (await db()).savedFilter.deleteMany({ where: { datasetId, name } })
