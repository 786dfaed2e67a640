import { door } from '@/app/api/door'
import { idOf } from '@/app/api/params'
import { datasetById } from '@/lib/dataset/store'
import { importById, problemsOf } from '@/lib/import/store'

export const GET = door(async ({ params }) => {
  const row = importById(idOf(params.id))
  const { name } = await datasetById(row.datasetId)
  return { import: row.id, dataset: name, format: row.format, source: row.source, status: row.status, why: row.why, read: row.cursor, added: row.added, skipped: row.skipped, problemCount: row.problems, problems: problemsOf(row.id, 0, 100) }
})
