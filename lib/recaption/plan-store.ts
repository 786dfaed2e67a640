import { cutsOf } from '@/lib/caption/cuts'
import { bulk, now } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { enqueue } from '@/lib/job/store'
import { redact } from '@/lib/log'
import { RunRequest, type RunAsked, type RunPlan } from './schema'

export type PlanView = { id: number; status: 'pending' | 'running' | 'done' | 'failed'; why: string; request: RunRequest; plan: RunPlan | null }

/** Asks for a plan with a dry run; a worker makes it. Returns its id. */
export function askForPlan(datasetId: number, asked: RunAsked): number {
  const id = Number(bulk().prepare(`INSERT INTO RunPlan (datasetId, request, createdAt) VALUES (?, ?, ?)`).run(datasetId, JSON.stringify(RunRequest.parse(asked)), now()).lastInsertRowid)
  enqueue('plan', { planId: id })
  return id
}

const withCuts = (plan: RunPlan): RunPlan => ({ ...plan, tried: plan.tried.map((one) => ({ ...one, ...(one.text !== undefined && { cuts: cutsOf(one.text) }), ...(one.alt !== undefined && { altCuts: cutsOf(one.alt) }) })) })

export function planById(id: number): PlanView {
  const row = bulk().prepare(`SELECT id, status, why, request, result FROM RunPlan WHERE id = ?`).get(id) as { id: number; status: PlanView['status']; why: string; request: string; result: string } | undefined
  if (!row) throw new AppError('not_found', `There is no plan ${id}.`)
  const { result, request, ...rest } = row
  return { ...rest, request: RunRequest.parse(JSON.parse(request)), plan: result === '{}' ? null : withCuts(JSON.parse(result) as RunPlan) }
}

/** Keeps how far a plan is. */
export function keepPlan(id: number, status: PlanView['status'], { plan, why = '' }: { plan?: RunPlan; why?: string } = {}): void {
  bulk().prepare(`UPDATE RunPlan SET status = ?, why = ?, result = coalesce(?, result) WHERE id = ?`).run(status, redact(why), plan ? JSON.stringify(plan) : null, id)
}
