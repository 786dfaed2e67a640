import { isAppError } from '@/lib/errors'
import { redact } from '@/lib/log'
import { ask, BATCH_SHARE, type Asking } from './ask'
import { scaled, totalOf } from './estimate'
import { failureOf } from './failure'
import { inputsOf, type SampleInput } from './input-store'
import { voiceOf } from './limiter'
import { keepPlan, planById } from './plan-store'
import { pose } from './pose'
import { askingOf, inputOptions, resolveRequest, type Voices } from './resolve'
import type { PlanInterval, PlanSample, RunAsked, RunExtras, RunPlan } from './schema'
import { countSelection, drawSamples } from './select-store'
import { unfinishedRun } from './store'

/** How many samples a dry run tries. */
export const DRY_RUN = 20

type Options = { signal?: AbortSignal; /** samples to try; 0 = only count */ samples?: number; seed?: number; voices?: Voices; /** after each sample tried */ onSample?: (plan: RunPlan) => void }

async function tryOne(asking: Asking, sample: SampleInput, signal: AbortSignal): Promise<PlanSample> {
  const shown = { key: sample.input.key, sampleId: sample.sampleId, mediaId: sample.mediaId, alt: sample.input.alt }
  const nothing = { ...shown, flags: [], ms: 0, cost: 0, cached: false }
  try {
    const asked = await ask({ asking, sample, question: await pose({ asking, sample, signal }), signal, make: (one) => one })
    const spent = { ms: asked.used.ms, cost: asked.used.cost, cached: asked.cached }
    return asked.is === 'caption' ? { ...shown, ...spent, text: asked.text, flags: asked.flags.map(({ rule, evidence }) => ({ rule, evidence })) } : { ...nothing, ...spent, error: asked.why }
  } catch (error) {
    signal.throwIfAborted()
    return { ...nothing, error: redact(failureOf(error).message) }
  }
}

type Pace = Pick<RunExtras, 'concurrency' | 'rpm' | 'price'>
const atLeast = (least: number, interval: PlanInterval | null) => interval && { mean: Math.max(least, interval.mean), low: Math.max(least, interval.low), high: Math.max(least, interval.high) }

function estimate(plan: RunPlan, { concurrency, rpm, price: priced }: Pace): RunPlan {
  const asked = plan.tried.filter((one) => !one.cached && one.ms > 0)
  const left = plan.work - plan.tried.filter((one) => one.text !== undefined).length
  // What a dry run paid for is stored and costs the run nothing more.
  const paid = plan.tried.reduce((sum, one) => sum + one.cost, 0)
  const price = priced ? scaled(totalOf(asked.map((one) => one.cost), left), plan.batch ? BATCH_SHARE : 1) : null
  return {
    ...plan,
    // A batch is answered within a day, whatever a call takes.
    seconds: plan.batch ? null : atLeast(rpm ? (left * 60) / rpm : 0, scaled(totalOf(asked.map((one) => one.ms), left), 1 / 1000 / concurrency)),
    price: price && { mean: price.mean + paid, low: price.low + paid, high: price.high + paid },
  }
}

/**
 * What a request would do, before anything is written: how many samples, which of them stay as they are and why, and a dry
 * run of some at random with their captions, from which time and price follow as intervals. The answers of the dry run are
 * stored, so a run that follows does not ask for them again.
 */
export async function planRun(asked: RunAsked, { signal = new AbortController().signal, samples = DRY_RUN, seed = 1, voices, onSample }: Options = {}): Promise<RunPlan> {
  const { run, recipe } = await resolveRequest(asked, voices)
  const selection = { ...run, ...run.extras }
  const counted = countSelection(selection)
  const { limiter } = voiceOf(run.captioner, run.extras.concurrency)
  let plan: RunPlan = { captioner: run.captioner, model: run.model, recipe: recipe.id, kind: run.kind, batch: run.extras.batch, ...counted, tried: [], seconds: null, price: null, resumes: unfinishedRun(run) ?? null }
  if (samples === 0 || counted.work === 0) return plan
  const asking = await askingOf(run, limiter, voices)
  const ids = drawSamples(selection, samples, seed)
  const inputs = inputsOf(ids, inputOptions(run, recipe))
  await Promise.all(
    ids.map(async (id) => {
      const sample = inputs.get(id)
      if (!sample) return
      const tried = await tryOne(asking, sample, signal)
      plan = { ...plan, tried: [...plan.tried, tried] }
      onSample?.(estimate(plan, run.extras))
    }),
  )
  const order = new Map(ids.map((id, i) => [id, i]))
  return estimate({ ...plan, tried: plan.tried.toSorted((a, b) => (order.get(a.sampleId) ?? 0) - (order.get(b.sampleId) ?? 0)) }, run.extras)
}

/** Makes a plan that was asked for, and keeps it while it grows. What a person did wrong stands in the plan's row. */
export async function executePlan(planId: number, { signal, voices }: { signal: AbortSignal; voices?: Voices }): Promise<void> {
  const asked = planById(planId)
  if (asked.status === 'done') return
  keepPlan(planId, 'running')
  try {
    keepPlan(planId, 'running', { plan: await planRun(asked.request, { samples: 0, voices }) })
    keepPlan(planId, 'done', { plan: await planRun(asked.request, { signal, voices, onSample: (plan) => keepPlan(planId, 'running', { plan }) }) })
  } catch (error) {
    if (!isAppError(error) || signal.aborted) throw error
    keepPlan(planId, 'failed', { why: error.message })
  }
}
