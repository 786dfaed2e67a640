import { datasetByName } from '@/lib/dataset/store'
import { abandonPlan, closePlan, decideOfPlan, nextOfPlan, openPlan, planById, PlanInput, planResult, plans, previewPlan, type PlanView } from '@/lib/review/certify-store'
import { blindSample } from '@/lib/review/blind-store'
import { RejectReason, ReviewerName } from '@/lib/review/schema'
import { z } from 'zod'
import type { Values, Verb } from '../types'
import { many, number, parsed, required, text, texts, wrongUse } from '../values'

type Answer = Awaited<ReturnType<Verb['run']>>
const percent = (share: number) => `${Number((share * 100).toFixed(2))} %`
const idOf = (values: Values) => {
  required(values, 'plan')
  return number(values, 'plan', [1, Number.MAX_SAFE_INTEGER], true) ?? 0
}
const actorOf = (values: Values) => ({ reviewer: parsed(ReviewerName, required(values, 'reviewer')) })

function state(plan: PlanView): Answer {
  const result = planResult(plan.id)
  const promise = `at most ${percent(plan.limit)} bad with ${percent(1 - plan.risk)} confidence`
  const words = result
    ? `${result.outcome === 'accepted' ? 'certified' : 'not certified'}: ${many(result.bad)} bad of ${many(result.looked)} looked at (${percent(result.rate.low)} to ${percent(result.rate.high)})`
    : `open: ${many(plan.looked)} of ${many(plan.size)} looked at`
  return { result: { plan, result }, text: [`plan ${plan.id}, ${plan.kind}, ${promise}: ${words}`, ...Object.entries(result?.reasons ?? {}).map(([reason, count]) => `  ${reason}: ${many(count)}`)].join('\n') }
}

async function plan(values: Values): Promise<Answer> {
  const dataset = await datasetByName(required(values, 'dataset'))
  const confidence = number(values, 'confidence', [50, 99.99]) ?? 95
  const input = parsed(PlanInput, {
    filter: text(values, 'filter'),
    kind: required(values, 'kind'),
    limit: (number(values, 'limit', [0.01, 99]) ?? 5) / 100,
    // Rounded, since 1 − 0.95 is not 0.05 to a computer.
    risk: Number(((100 - confidence) / 100).toFixed(6)),
    allowed: number(values, 'allowed', [0, 100], true),
    seed: number(values, 'seed', [0, 2 ** 31 - 1], true),
  })
  if (values.yes === true) return state(await openPlan(actorOf(values), dataset.id, input))
  const preview = await previewPlan(dataset.id, input)
  const points = preview.curve.filter((_, i) => i % 5 === 0)
  return {
    result: { preview },
    text: [
      `${many(preview.lot)} pending ${input.kind} captions; look at ${many(preview.size)}, accept with at most ${preview.allowed} bad`,
      ...points.map((point) => `  ${percent(point.share).padStart(7)} bad: certified in ${percent(point.accepted)} of cases`),
      'Nothing was fixed. Fix the plan with --yes --reviewer <name>; it cannot be changed afterwards.',
    ].join('\n'),
  }
}

function next(values: Values): Answer {
  const { id, looked, size } = planById(idOf(values))
  const found = nextOfPlan(id)
  if (!found) return { result: { next: null }, text: `plan ${id} has its answer; end it with: recaption certify close --plan ${id} --reviewer <name>` }
  const blind = blindSample(found.sampleId, found.captionId)
  return { result: { next: { position: found.position, ...blind } }, text: `${looked + 1} of ${size}, position ${found.position}, ${blind.sample.key}\n${blind.caption.text}` }
}

async function decide(decision: string | undefined, values: Values): Promise<Answer> {
  if (decision !== 'approve' && decision !== 'reject') throw wrongUse('Say approve or reject: recaption certify decide approve --plan <id> --position <n> --reviewer <name>.')
  required(values, 'position')
  const reasons = parsed(z.array(RejectReason), texts(values, 'reason'))
  await decideOfPlan(actorOf(values), idOf(values), number(values, 'position', [0, Number.MAX_SAFE_INTEGER], true) ?? 0, { decision, reasons })
  return next(values)
}

async function status(values: Values): Promise<Answer> {
  if (text(values, 'plan') !== undefined) return state(planById(idOf(values)))
  const all = plans((await datasetByName(required(values, 'dataset'))).id)
  return { result: { plans: all }, text: all.map((one) => state(one).text).join('\n') || 'No plan yet. Begin with: recaption certify plan --dataset <name> --kind <kind>' }
}

export const certify: Verb = {
  id: 'certify',
  usage: 'plan|next|decide|close|abandon|status [approve|reject] [--dataset <name>] [--kind <k>] [--limit 5] [--confidence 95] [--allowed 0] [--seed 0] [--filter <q>] [--plan <id>] [--position <n>] [--reason <id>]… [--reviewer <name>] [--yes]',
  summary: 'Approve a batch by a random sample: at most so many bad captions, with so much confidence.',
  options: {
    dataset: { type: 'string' }, kind: { type: 'string' }, limit: { type: 'string' }, confidence: { type: 'string' }, allowed: { type: 'string' }, seed: { type: 'string' }, filter: { type: 'string' }, plan: { type: 'string' },
    position: { type: 'string' }, reason: { type: 'string', multiple: true }, reviewer: { type: 'string' }, yes: { type: 'boolean' },
  },
  takes: [1, 2],
  notes: ['--limit and --confidence are percentages. The plan is fixed before the first look and cannot be stretched.', 'plan: see it, fix it with --yes · next: the caption to look at · decide approve|reject · close: certify, or not · status'],
  async run([act, decision], values) {
    if (act === 'plan') return plan(values)
    if (act === 'next') return next(values)
    if (act === 'decide') return decide(decision, values)
    if (act === 'close') return state(await closePlan(actorOf(values), idOf(values)))
    if (act === 'abandon') return state(await abandonPlan(idOf(values)))
    if (act === 'status') return status(values)
    throw wrongUse(`“${act}” is none of plan, next, decide, close, abandon and status.`)
  },
}
