import { door } from '@/app/api/door'
import { datasetByName } from '@/lib/dataset/store'
import { reportCard } from '@/lib/review/grade-store'

/** Every check graded against people's own decisions. */
export const GET = door(async ({ params }) => {
  const { id, settings } = await datasetByName(params.dataset)
  return { rules: reportCard(id), off: settings.rulesOff }
})
