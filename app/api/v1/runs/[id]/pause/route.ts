import { door } from '@/app/api/door'
import { idOf } from '@/app/api/params'
import { pauseRun, runById } from '@/lib/recaption/store'

export const POST = door(({ params }) => {
  const run = runById(idOf(params.id))
  pauseRun(run.id)
  return runById(run.id)
})
