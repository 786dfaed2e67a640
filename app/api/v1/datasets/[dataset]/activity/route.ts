import { door } from '@/app/api/door'
import { datasetByName } from '@/lib/dataset/store'
import { importsOf } from '@/lib/import/store'
import { runProgress } from '@/lib/recaption/progress-store'
import { listRuns } from '@/lib/recaption/store'

/** What is going on in a dataset now. */
export const GET = door(async ({ params }) => {
  const { id } = await datasetByName(params.dataset)
  const runs = listRuns(id, 10).filter((run) => ['pending', 'running', 'paused'].includes(run.status))
  return {
    runs: runs.map((run) => ({ ...runProgress(run.id, 0), recipe: run.recipe, captioner: run.captioner, budget: run.budget })),
    imports: importsOf(id).filter((one) => one.status === 'running').map((one) => ({ id: one.id, read: one.cursor, added: one.added })),
  }
})
