import { readFileSync } from 'node:fs'
import { datasetByName } from '@/lib/dataset/store'
import { diskError } from '@/lib/media/disk'
import { DRY_RUN, planRun } from '@/lib/recaption/plan'
import { resolveRequest } from '@/lib/recaption/resolve'
import type { RunAsked, RunPlan } from '@/lib/recaption/schema'
import { startRun } from '@/lib/recaption/store'
import { follow, span } from '../follow'
import type { Verb } from '../types'
import { many, number, price, required, text, texts, wrongUse } from '../values'

const WHY = { human: 'have a caption by a person', done: 'have one by this recipe already', dropped: 'are dropped', 'no-alt': 'have no alt text', 'no-caption': 'have no caption to work on', cancelled: 'were cancelled' } as const

function planLines(plan: RunPlan): string[] {
  return [
    `${plan.recipe} by ${plan.captioner}${plan.model ? ` (${plan.model})` : ''}: ${many(plan.work)} of ${many(plan.total)} samples`,
    ...plan.skipped.map((one) => `  ${many(one.count)} ${WHY[one.why]}: left as they are`),
    ...plan.tried.map((one) => `  ${one.key}: ${one.text ?? `(${one.error ?? 'nothing'})`}${one.flags.length ? `  ⚑ ${one.flags.map((flag) => flag.rule).join(' ')}` : ''}`),
    ...(plan.seconds ? [`time: about ${span(plan.seconds.mean)} (${span(plan.seconds.low)} to ${span(plan.seconds.high)})`] : []),
    ...(plan.price ? [`price: about ${plan.price.mean.toFixed(4)} (${plan.price.low.toFixed(4)} to ${plan.price.high.toFixed(4)})`] : []),
    ...(plan.batch ? ['by batches: half the price, answers within a day'] : []),
    ...(plan.resumes ? [`goes on with run ${plan.resumes}`] : []),
  ]
}

/** Keys of a list, one a line. */
function keysIn(file: string | undefined): string[] | undefined {
  if (!file) return undefined
  try {
    return readFileSync(file, 'utf8').split(/\r?\n/).filter(Boolean)
  } catch (cause) {
    throw diskError(cause, file)
  }
}

function detailOf(said: string | undefined): 'low' | 'high' | 'auto' | undefined {
  if (said === undefined || said === 'low' || said === 'high' || said === 'auto') return said
  throw wrongUse(`--detail takes low, high or auto; “${said}” is none.`)
}

export const run: Verb = {
  id: 'run',
  usage: '--dataset <name> --recipe <id> [--captioner <id>] [--model <m>] [--filter <q>] [--keys <file>] [--rejected-for <reason>] [--budget <n>] [--hint <t>] [--another] [--batch] [--yes]',
  summary: 'Recaption what a filter finds. Without --yes it only shows the plan.',
  options: {
    dataset: { type: 'string' }, recipe: { type: 'string' }, captioner: { type: 'string' }, model: { type: 'string' }, filter: { type: 'string' }, kind: { type: 'string' }, 'rejected-for': { type: 'string' },
    budget: { type: 'string' }, price: { type: 'string' }, hint: { type: 'string' }, another: { type: 'boolean' }, better: { type: 'string', multiple: true }, examples: { type: 'string' }, concurrency: { type: 'string' }, rpm: { type: 'string' },
    temperature: { type: 'string' }, 'max-tokens': { type: 'string' }, seed: { type: 'string' }, side: { type: 'string' }, detail: { type: 'string' }, attempts: { type: 'string' }, keys: { type: 'string' }, batch: { type: 'boolean' }, tries: { type: 'string' }, yes: { type: 'boolean' },
  },
  takes: [0, 0],
  notes: [
    'A caption that a person wrote is never touched. The same command again goes on with an unfinished run.',
    '--price <input>:<output> is the price of a million tokens; a side left out, as in :5, is what the captioner is set up with. With it the plan says what a run costs and --budget caps it.',
    '--better <metric>[:lower] lets a new caption speak for its sample only where it beats the old one.',
    '--keys <file> names the samples by key, one a line. --batch asks by the endpoint’s batches: half the price, answers within a day.',
    'The captioner openai reads OPENAI_BASE_URL and OPENAI_API_KEY.',
  ],
  async run(_args, values, io) {
    const better = texts(values, 'better').map((one) => ({ metric: one.replace(/:(lower|higher)$/, ''), better: one.endsWith(':lower') ? ('lower' as const) : ('higher' as const) }))
    const asked: RunAsked = {
      dataset: (await datasetByName(required(values, 'dataset'))).name,
      recipe: required(values, 'recipe'),
      captioner: text(values, 'captioner'),
      model: text(values, 'model'),
      filter: text(values, 'filter'),
      kind: text(values, 'kind'),
      keys: keysIn(text(values, 'keys')),
      rejectedFor: text(values, 'rejected-for'),
      hint: text(values, 'hint'),
      another: values.another === true,
      batch: values.batch === true,
      attempts: number(values, 'attempts', [1, 20], true),
      budget: number(values, 'budget', [0, 1e9]),
      price: price(values),
      keepIfBetter: better.length ? better : undefined,
      examples: number(values, 'examples', [0, 20], true),
      concurrency: number(values, 'concurrency', [1, 256], true),
      rpm: number(values, 'rpm', [1, 1_000_000], true),
      params: {
        temperature: number(values, 'temperature', [0, 2]),
        maxTokens: number(values, 'max-tokens', [1, 100_000], true),
        seed: number(values, 'seed', [0, 2 ** 31], true),
        longestSide: number(values, 'side', [32, 4096], true),
        detail: detailOf(text(values, 'detail')),
      },
    }
    if (values.yes !== true) {
      const plan = await planRun(asked, { signal: io.signal, samples: number(values, 'tries', [0, 200], true) ?? DRY_RUN, onSample: (sofar) => io.progress('plan', `trying: ${sofar.tried.length}`) })
      return { result: { plan }, text: [...planLines(plan), 'Nothing was written. Start it with --yes.'].join('\n') }
    }
    const { id, resumed } = startRun((await resolveRequest(asked)).run)
    if (resumed) io.progress('resume', `going on with run ${id}`)
    return follow(id, io)
  },
}
