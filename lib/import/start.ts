import path from 'node:path'
import { createDataset } from '@/lib/dataset/store'
import { env } from '@/lib/env'
import { importNow, type ImportOptions } from './run'
import { ImportMapping, type ImportRequest } from './schema'
import { mappingOf, openSource } from './source'
import { importById, openImport, type ImportRow } from './store'

/** Opens an import for a worker to do: the source is recognised now, so that what cannot be read is said at once. */
export async function startImport(request: ImportRequest): Promise<ImportRow> {
  const opened = await openSource(request)
  try {
    const where = path.resolve(request.source)
    const dataset = await createDataset({ name: request.dataset })
    const uploaded = where.startsWith(env.uploads + path.sep)
    return openImport({ datasetId: dataset.id, source: where, format: opened.format.id, mapping: JSON.stringify(mappingOf(request)), copy: request.copy || uploaded })
  } finally {
    await opened.close()
  }
}

/** Does, or goes on with, an import that was opened. */
export async function continueImport(id: number, datasetName: string, options: ImportOptions = {}): Promise<void> {
  const row = importById(id)
  if (row.status === 'done') return
  await importNow({ dataset: datasetName, source: row.source, format: row.format, copy: Boolean(row.copy), ...ImportMapping.parse(JSON.parse(row.mapping)) }, options)
}
