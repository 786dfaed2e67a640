import { setImmediate } from 'node:timers/promises'
import { setTokens } from '@/lib/caption/store'
import { encodersReady, placesIn, tokenizerOf } from '@/lib/caption/encoders'
import { ENCODERS } from '@/lib/caption/limits'
import { clipTokens } from '@/lib/caption/tokens'
import { bulk, snapshot } from '@/lib/db'
import { Distribution } from './distribution'
import { LostTally } from './lost-tally'
import { scorecards } from './scorecard-store'
import { captionsToMeasure, samplesToCompare, saveMeasured, scopeId, stateOf, type MeasuredRow } from './store'
import { summarise } from './summary'

/** Captions whose tokens are written back in one transaction. */
const CHUNK = 500

/**
 * Measures the captions of a dataset in one pass and stores what the insights show. CLIP tokens that were not counted yet
 * are counted and kept. Reads a snapshot: what is decided meanwhile makes the result old, not wrong.
 */
export async function measureDataset(datasetId: number, options: { signal?: AbortSignal; onProgress?: (done: number, total: number) => void } = {}): Promise<{ captions: number }> {
  const { signal, onProgress } = options
  await encodersReady(true)
  const state = stateOf(datasetId)
  const total = bulk().prepare(`SELECT count(*) FROM Caption WHERE datasetId = ?`).pluck().get(datasetId) as number
  const parts = new Map<string, Distribution>()
  const lost = new LostTally()
  let captions = 0
  const view = snapshot()
  try {
    for (const batch of captionsToMeasure(view, datasetId)) {
      const fresh: { id: number; tokens: number }[] = []
      for (const caption of batch) {
        const tokens = caption.tokens ?? clipTokens(caption.text)
        if (caption.tokens === null) fresh.push({ id: caption.id, tokens })
        const scope = scopeId(caption)
        let part = parts.get(scope)
        if (!part) parts.set(scope, (part = new Distribution()))
        part.add({ text: caption.text, words: caption.words, tokens, hash: caption.textHash, places: { t5: placesIn('t5', caption.text, caption.words), siglip: placesIn('siglip', caption.text, caption.words) } })
      }
      for (let at = 0; at < fresh.length; at += CHUNK) setTokens(fresh.slice(at, at + CHUNK))
      captions += batch.length
      onProgress?.(captions, total)
      await setImmediate()
      signal?.throwIfAborted()
    }
    for (const batch of samplesToCompare(view, datasetId)) {
      for (const sample of batch) lost.add(sample)
      await setImmediate()
      signal?.throwIfAborted()
    }
    const rows: MeasuredRow[] = [...(await distributions(parts)), { scope: 'all', metric: 'lost', value: lost.result() }, { scope: 'all', metric: 'measured', value: { state, captions } }]
    for (const card of scorecards(view, datasetId)) rows.push({ scope: JSON.stringify([card.recipe, card.model]), metric: 'scorecard', value: card })
    saveMeasured(datasetId, rows)
    return { captions }
  } finally {
    view.close()
  }
}

/** A row for every kind as a whole, and one for each origin, model and recipe version where a kind has several. */
async function distributions(parts: ReadonlyMap<string, Distribution>): Promise<MeasuredRow[]> {
  const kinds = Map.groupBy(parts, ([scope]) => scope.split('|')[0])
  const whole = new Map([...kinds].map(([kind, list]) => {
    if (list.length === 1) return [kind, list[0][1]] as const
    const all = new Distribution()
    for (const [, part] of list) all.merge(part)
    return [kind, all] as const
  }))
  const originals = whole.get('alt') ?? null
  const estimated = ENCODERS.filter((encoder) => tokenizerOf(encoder) === null)
  const rows: MeasuredRow[] = []
  for (const [kind, all] of [...whole].sort(([a], [b]) => Number(b === 'alt') - Number(a === 'alt') || (a < b ? -1 : 1))) {
    rows.push({ scope: kind, metric: 'distribution', value: await summarise(all, kind === 'alt' ? null : originals, estimated) })
    const list = kinds.get(kind) ?? []
    if (list.length > 1 || kind !== 'alt') for (const [scope, part] of list) rows.push({ scope, metric: 'distribution', value: await summarise(part, originals, estimated) })
    await setImmediate()
  }
  return rows
}
