import { door } from '@/app/api/door'
import { idOf } from '@/app/api/params'
import { datasetById } from '@/lib/dataset/store'
import { guardsTripped, reasonsBeforeAfter, runProgress } from '@/lib/recaption/progress-store'
import { runById } from '@/lib/recaption/store'

export const GET = door(async ({ params }) => {
  const run = runById(idOf(params.id))
  return { ...run, dataset: (await datasetById(run.datasetId)).name, progress: runProgress(run.id), reasons: reasonsBeforeAfter(run.id), guards: guardsTripped(run.id) }
})
