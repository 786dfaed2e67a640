import { bodyOf, checked, door } from '@/app/api/door'
import { datasetByName } from '@/lib/dataset/store'
import { ImportRequest } from '@/lib/import/schema'
import { startImport } from '@/lib/import/start'
import { importsOf } from '@/lib/import/store'
import { enqueue } from '@/lib/job/store'
import { Asked, sourceOf } from './request'

export const GET = door(async ({ params }) => ({ imports: importsOf((await datasetByName(params.dataset)).id) }))

/** Starts an import; a worker does it. `GET /api/v1/imports/<id>` says how far it is. */
export const POST = door(async ({ params, request }) => {
  const { upload, source, ...asked } = await bodyOf(request, Asked)
  const row = await startImport(checked(ImportRequest, { ...asked, dataset: params.dataset, source: await sourceOf({ upload, source }) }))
  enqueue('import', { importId: row.id })
  return { import: row.id }
}, 202)
