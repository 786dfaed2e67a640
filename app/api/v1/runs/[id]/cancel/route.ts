import { door } from '@/app/api/door'
import { idOf } from '@/app/api/params'
import { cancelRun, runById } from '@/lib/recaption/store'

export const POST = door(({ params }) => {
  const run = runById(idOf(params.id))
  cancelRun(run.id)
  return runById(run.id)
})
