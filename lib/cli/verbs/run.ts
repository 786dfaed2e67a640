import { datasetByName } from '@/lib/dataset/store'
import { AppError } from '@/lib/errors'
import { DRY_RUN, planRun } from '@/lib/recaption/plan'
import { runProgress } from '@/lib/recaption/progress-store'
import { resolveRequest } from '@/lib/recaption/resolve'
import type { RunAsked, RunPlan, RunProgress } from '@/lib/recaption/schema'
import { runById, startRun } from '@/lib/recaption/store'
import { perform } from '../perform'
import type { Verb } from '../types'
import { number, required, text, texts, wrongUse } from '../values'

const many = (count: number) => count.toLocaleString('en')
const span = (seconds: number) => (seconds < 90 ? `${Math.round(seconds)} s` : seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`)
const WHY = { human: 'have a caption by a person', done: 'have one by this recipe already', dropped: 'are dropped', 'no-alt': 'have no alt text', 'no-caption': 'have no caption to work on', cancelled: 'were cancelled' } as const

function planLines(plan: RunPlan): string[] {
  return [
    `${plan.recipe} by ${plan.captioner}${plan.model ? ` (${plan.model})` : ''}: ${many(plan.work)} of ${many(plan.total)} samples`,
    ...plan.skipped.map((one) => `  ${many(one.count)} ${WHY[one.why]}: left as they are`),
    ...plan.tried.map((one) => `  ${one.key}: ${one.text ?? `(${one.error ?? 'nothing'})`}`),
    ...(plan.seconds ? [`time: about ${span(plan.seconds.mean)} (${span(plan.seconds.low)} to ${span(plan.seconds.high)})`] : []),
    ...(plan.price ? [`price: about ${plan.price.mean.toFixed(4)} (${plan.price.low.toFixed(4)} to ${plan.price.high.toFixed(4)})`] : []),
    ...(plan.resumes ? [`goes on with run ${plan.resumes}`] : []),
  ]
}

function progressLine({ done, failed, skipped, total, rate, etaSeconds, spent, budgetLeft }: RunProgress): string {
  const money = spent > 0 || budgetLeft !== null ? `, ${spent.toFixed(4)} spent${budgetLeft === null ? '' : `, ${budgetLeft.toFixed(4)} left`}` : ''
  return `${many(done)} of ${many(total - skipped)} written, ${many(failed)} failed, ${rate.toFixed(1)} a minute${etaSeconds === null ? '' : `, ${span(etaSeconds)} left`}${money}`
}

export const run: Verb = {
  id: 'run',
  usage: '--dataset <name> --recipe <id> [--captioner <id>] [--model <m>] [--filter <q>] [--rejected-for <reason>] [--budget <n>] [--hint <t>] [--another] [--yes]',
  summary: 'Recaption what a filter finds. Without --yes it only shows the plan.',
  options: {
    dataset: { type: 'string' }, recipe: { type: 'string' }, captioner: { type: 'string' }, model: { type: 'string' }, filter: { type: 'string' }, kind: { type: 'string' }, 'rejected-for': { type: 'string' },
    budget: { type: 'string' }, price: { type: 'string' }, hint: { type: 'string' }, another: { type: 'boolean' }, better: { type: 'string', multiple: true }, examples: { type: 'string' }, concurrency: { type: 'string' }, rpm: { type: 'string' },
    temperature: { type: 'string' }, 'max-tokens': { type: 'string' }, seed: { type: 'string' }, side: { type: 'string' }, tries: { type: 'string' }, yes: { type: 'boolean' },
  },
  takes: [0, 0],
  notes: [
    'A caption that a person wrote is never touched. The same command again goes on with an unfinished run.',
    '--price <input>:<output> is the price of a million tokens; with it the plan says what a run costs and --budget caps it.',
    '--better <metric>[:lower] lets a new caption speak for its sample only where it beats the old one.',
    'The captioner openai reads OPENAI_BASE_URL and OPENAI_API_KEY.',
  ],
  async run(_args, values, io) {
    const price = text(values, 'price')?.split(':').map(Number)
    if (price && (price.length !== 2 || price.some((one) => !(one >= 0)))) throw wrongUse('--price is written <input>:<output>, for a million tokens each.')
    const better = texts(values, 'better').map((one) => ({ metric: one.replace(/:(lower|higher)$/, ''), better: one.endsWith(':lower') ? ('lower' as const) : ('higher' as const) }))
    const asked: RunAsked = {
      dataset: (await datasetByName(required(values, 'dataset'))).name,
      recipe: required(values, 'recipe'),
      captioner: text(values, 'captioner'),
      model: text(values, 'model'),
      filter: text(values, 'filter'),
      kind: text(values, 'kind'),
      rejectedFor: text(values, 'rejected-for'),
      hint: text(values, 'hint'),
      another: values.another === true,
      budget: number(values, 'budget', [0, 1e9]),
      price: price && { input: price[0], output: price[1] },
      keepIfBetter: better.length ? better : undefined,
      examples: number(values, 'examples', [0, 20], true),
      concurrency: number(values, 'concurrency', [1, 256], true),
      rpm: number(values, 'rpm', [1, 1_000_000], true),
      params: {
        temperature: number(values, 'temperature', [0, 2]),
        maxTokens: number(values, 'max-tokens', [1, 100_000], true),
        seed: number(values, 'seed', [0, 2 ** 31], true),
        longestSide: number(values, 'side', [32, 4096], true),
      },
    }
    if (values.yes !== true) {
      const plan = await planRun(asked, { signal: io.signal, samples: number(values, 'tries', [0, 200], true) ?? DRY_RUN, onSample: (sofar) => io.progress('plan', `trying: ${sofar.tried.length}`) })
      return { result: { plan }, text: [...planLines(plan), 'Nothing was written. Start it with --yes.'].join('\n') }
    }
    const { id, resumed } = startRun((await resolveRequest(asked)).run)
    if (resumed) io.progress('resume', `going on with run ${id}`)
    // A stopped command leaves the run where it is: its rows say what is left, and the same command takes it up.
    await perform('run', { runId: id }, io, () => io.progress('run', progressLine(runProgress(id, 0))))
    const ended = runById(id)
    if (ended.status === 'paused' || ended.status === 'failed') throw new AppError('unavailable', `Run ${id} is ${ended.status}: ${ended.why} ${many(ended.done)} captions are kept; the same command goes on.`)
    return {
      result: { run: id, done: ended.done, failed: ended.failed, skipped: ended.skipped },
      text: [`run ${id}: ${many(ended.done)} written, ${many(ended.failed)} failed, ${many(ended.skipped)} left as they are`, ...runProgress(id, 0).errorsByCause.map((cause) => `  ${many(cause.count)} × ${cause.code}: ${cause.example}`)].join('\n'),
    }
  },
}

