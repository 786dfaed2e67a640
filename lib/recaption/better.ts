import { agreementOf } from '@/lib/claim/agreement'
import { metrics } from '@/lib/metric'
import { settleTrial, trials, type Trial } from './trial-store'
import { runById } from './store'
import type { BetterBy, RunRow } from './schema'

const CHUNK = 64

/** Better by at least one of the metrics and worse by none; a metric that one of the two has no value for says nothing. */
export function isBetter(values: readonly { by: BetterBy; old: number | null; fresh: number | null }[]): boolean {
  const signs = values.flatMap(({ by, old, fresh }) => (old === null || fresh === null ? [] : [Math.sign(fresh - old) * (by.better === 'higher' ? 1 : -1)]))
  return signs.some((sign) => sign > 0) && signs.every((sign) => sign >= 0)
}

type Measure = ReturnType<typeof agreementOf>

async function measured(by: BetterBy, agreement: Measure, pairs: readonly (Trial & { old: NonNullable<Trial['old']> })[], signal: AbortSignal): Promise<{ old: number | null; fresh: number | null }[]> {
  // Both are measured now: a new caption has no stored score yet, and an old one may rest on other base rates.
  const texts = pairs.flatMap(({ sampleId, captionId, text, old }) => [{ sampleId, ...old }, { sampleId, captionId, text }])
  const metric = metrics.find(by.metric)
  const values = metric ? await metric.measure(texts, signal) : await agreement(texts, signal)
  return pairs.map((_, i) => ({ old: values[2 * i], fresh: values[2 * i + 1] }))
}

/**
 * Decides for every new caption on trial whether it beats the one that spoke for its sample before; the loser stays as a
 * row and out of play. Without an old one the new one wins. May be cut short and called again.
 */
export async function settleTrials(run: Pick<RunRow, 'id'>, signal: AbortSignal): Promise<void> {
  const { datasetId, extras: { keepIfBetter } } = runById(run.id)
  if (!keepIfBetter) return
  const agreement = agreementOf(datasetId)
  for (let after = 0; !signal.aborted; ) {
    const open = trials(run.id, after, CHUNK)
    if (open.length === 0) return
    after = open[open.length - 1].itemId
    const pairs = open.flatMap((trial) => (trial.old ? [{ ...trial, old: trial.old }] : []))
    const columns = await Promise.all(keepIfBetter.map(async (by) => (await measured(by, agreement, pairs, signal)).map((values) => ({ by, ...values }))))
    const won = new Map(pairs.map((pair, i) => [pair.itemId, isBetter(columns.map((column) => column[i]))]))
    for (const trial of open) settleTrial(trial, trial.old === undefined || won.get(trial.itemId) === true ? 'new' : 'old')
  }
}
