import { AppError } from '@/lib/errors'
import { planById } from './plan-store'
import { resolveRequest, type Voices } from './resolve'
import { sameRequest } from './same-request'
import type { RunAsked, RunStart } from './schema'
import { countSelection } from './select-store'
import { startRun, type NewRun } from './store'

/** Sets a request going: the unfinished run of the same request goes on, else a new run begins. A worker does the rest. */
export async function requestRun(asked: RunAsked, voices?: Voices): Promise<{ run: number; resumed: boolean }> {
  const { run } = await resolveRequest(asked, voices)
  return begin(run)
}

function begin(run: NewRun): { run: number; resumed: boolean } {
  const { id, resumed } = startRun(run)
  return { run: id, resumed }
}

/** How many captions a plan said. Throws 'conflict' unless it is whole and of this very request. */
function saidBy(planId: number, asked: RunAsked, run: NewRun): number {
  const { status, request, plan, why } = planById(planId)
  if (status === 'failed') throw new AppError('conflict', `Plan ${planId} could not be made: ${why}`)
  if (status !== 'done' || !plan) throw new AppError('conflict', `Plan ${planId} is not made yet. Look at it until its status is “done”.`)
  if (!sameRequest(request, asked) || plan.model !== run.model) throw new AppError('conflict', `Plan ${planId} was made of another request. Make a plan of this one.`)
  return plan.work
}

/**
 * The same for whoever shows that the plan was seen, or at least how many captions would be written: nothing starts before.
 * Throws 'invalid' without either, 'conflict' when it is another plan or the captions to write have become more.
 */
export async function startSeen(dataset: string, { plan, expect, ...rest }: RunStart): Promise<{ run: number; resumed: boolean }> {
  const asked = { ...rest, dataset }
  const { run } = await resolveRequest(asked)
  const seen = plan === undefined ? expect : saidBy(plan, asked, run)
  if (seen === undefined) throw new AppError('invalid', 'A run starts once its plan was seen. Make one by POST …/plans and give its number as “plan”, or give as “expect” how many captions POST …/selections says it would write.')
  const { work } = countSelection({ ...run, ...run.extras })
  if (work > seen) throw new AppError('conflict', `It would write ${work} captions now; ${seen} were seen. Look again before it starts.`, { detail: { present: work } })
  return begin(run)
}
