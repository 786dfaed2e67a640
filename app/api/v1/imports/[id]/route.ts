import { door } from '@/app/api/door'
import { idOf } from '@/app/api/params'
import { datasetById } from '@/lib/dataset/store'
import { importById, problemsOf } from '@/lib/import/store'
import { undoImport } from '@/lib/import/undo'

export const GET = door(async ({ params }) => {
  const row = importById(idOf(params.id))
  const { name } = await datasetById(row.datasetId)
  return { import: row.id, dataset: name, format: row.format, source: row.source, status: row.status, why: row.why, read: row.cursor, added: row.added, skipped: row.skipped, problemCount: row.problems, problems: problemsOf(row.id, 0, 100) }
})

/** Takes an import back whole; refused when people or runs have worked on its samples since. */
export const DELETE = door(({ params }) => undoImport(idOf(params.id)))
