import { captionerById } from '@/lib/captioner/choose'
import { priceOf } from '@/lib/captioner/price'
import { callSettings } from '@/lib/captioner/store'
import type { Captioner } from '@/lib/captioner/types'
import { datasetById, datasetByName } from '@/lib/dataset/store'
import { AppError } from '@/lib/errors'
import { metrics } from '@/lib/metric'
import { examplesOf, recipeById } from '@/lib/recipe/store'
import type { Recipe } from '@/lib/recipe/types'
import { parseFilter } from '@/lib/sample/filter'
import type { Asking } from './ask'
import type { InputOptions } from './input-store'
import type { Limiter } from './limiter'
import { RunRequest, type RunAsked, type RunRow } from './schema'
import { saltOf, type NewRun } from './store'

/** Stand in for what the registries hold. */
export type Voices = { captioner?: Captioner; recipe?: Recipe }

async function modelOf(captioner: Captioner, asked: string | undefined): Promise<string> {
  if (asked) return asked
  const [first] = await captioner.models()
  if (!first) throw new AppError('invalid', `${captioner.label} names no model. Say which one to use.`)
  return first
}

/** What can be measured of one caption: a metric per caption, or the alignment that the checker stores. */
function checkBetter(request: RunRequest): void {
  for (const { metric } of request.keepIfBetter ?? []) {
    if (metric === 'alignment' || metrics.find(metric)?.per === 'caption') continue
    const known = ['alignment', ...metrics.all.filter((one) => one.per === 'caption').map((one) => one.id)]
    throw new AppError('invalid', `“${metric}” is not measured of one caption. There are: ${known.join(', ')}.`)
  }
}

/** A request with everything it names looked up and checked. Throws 'invalid' or 'not_found' before anything is written. */
export async function resolveRequest(asked: RunAsked, voices: Voices = {}): Promise<{ run: NewRun; recipe: Recipe }> {
  const parsed = RunRequest.safeParse(asked)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw new AppError('invalid', `The request is not right. ${issue.path.join('.')}: ${issue.message}`)
  }
  const request = parsed.data
  const dataset = await datasetByName(request.dataset)
  const recipe = voices.recipe ?? (await recipeById(request.recipe))
  const captioner = voices.captioner ?? (await captionerById(request.captioner))
  if (captioner.recipes && !captioner.recipes.includes(recipe.id)) throw new AppError('invalid', `${captioner.label} cannot serve the recipe “${recipe.id}”. It serves: ${captioner.recipes.join(', ')}.`)
  if (request.kind === 'alt') throw new AppError('invalid', 'A run never writes alt texts: they are what the samples came with. Choose another kind.')
  const settings = await callSettings(captioner.id)
  const price = priceOf(request.price, settings, request.budget)
  if (request.batch && !settings.batch) throw new AppError('invalid', `${captioner.label} takes no batches. Ask without “batch”, or choose an endpoint of OpenAI’s own.`)
  parseFilter(request.filter)
  checkBetter(request)
  const { keys, rejectedFor, another, hint, keepIfBetter, attempts, batch } = request
  const run: NewRun = {
    datasetId: dataset.id,
    captioner: captioner.id,
    model: await modelOf(captioner, request.model || settings.model),
    recipe: recipe.id,
    recipeVersion: recipe.version,
    kind: request.kind ?? recipe.kind,
    filter: request.filter.trim(),
    author: request.author,
    params: { ...settings.params, ...request.params },
    budget: request.budget,
    extras: {
      keys, rejectedFor, price, another, hint, keepIfBetter, attempts, batch,
      concurrency: request.concurrency ?? settings.concurrency,
      rpm: request.rpm ?? settings.perMinute ?? undefined,
      salt: '',
      keepsKind: Boolean(recipe.keepsKind) && request.kind === undefined,
      needs: [...(recipe.needs ?? [])],
      examples: request.examples ? (await examplesOf(recipe.id, request.examples)).map(({ before, after }) => ({ before, after })) : [],
    },
  }
  return { run, recipe }
}

type Planned = NewRun & { id?: undefined }

/** What a run asks with. Throws 'conflict' when its recipe has become another one since. */
export async function askingOf(run: Planned | RunRow, limiter: Limiter, voices: Voices = {}): Promise<Asking> {
  const recipe = voices.recipe ?? (await recipeById(run.recipe, run.recipeVersion))
  if (recipe.version !== run.recipeVersion) throw new AppError('conflict', `The recipe “${run.recipe}” is version ${recipe.version} now; this run was asked for with version ${run.recipeVersion}. Ask for a new run.`)
  const { settings } = await datasetById(run.datasetId)
  return {
    runId: run.id ?? null,
    datasetId: run.datasetId,
    captioner: voices.captioner ?? (await captionerById(run.captioner)),
    recipe,
    model: run.model,
    kind: run.kind,
    keepsKind: run.extras.keepsKind,
    params: run.params,
    salt: run.id === undefined ? saltOf(run) : run.extras.salt,
    price: run.extras.price,
    rpm: run.extras.rpm,
    language: settings.language,
    rulesOff: settings.rulesOff,
    limiter,
  }
}

export const inputOptions = (run: NewRun | RunRow, recipe: Recipe): InputOptions => ({
  kind: run.kind,
  stamp: `${run.recipe}@${run.recipeVersion}`,
  keepsKind: run.extras.keepsKind,
  mends: Boolean(recipe.keepsKind),
  another: run.extras.another,
  rejectedFor: run.extras.rejectedFor,
  hint: run.extras.hint,
  examples: run.extras.examples,
})
