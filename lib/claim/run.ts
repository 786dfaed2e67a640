import { look } from '@/lib/captioner/builtin'
import { keepSight, sightOf } from '@/lib/captioner/builtin/sight-store'
import type { DatasetRow } from '@/lib/dataset/schema'
import { bulk } from '@/lib/db'
import { isAppError } from '@/lib/errors'
import { log } from '@/lib/log'
import { bytesOf, mediaById, setFault } from '@/lib/media/store'
import { matchingIds } from '@/lib/sample/store'
import { align } from './align'
import { checkClaims } from './check'
import { evidenceFlags } from './flag-store'
import { RateCounter, type BaseRates } from './presence'
import { splitClaims } from './split'
import { keepChecked, sightsOf, toCheck, unseen, type CheckedCaption, type ToCheck } from './store'

export type Looked = { looked: number; checked: number; misaligned: number }
type Options = { filter?: string; signal?: AbortSignal; onProgress?: (sofar: Looked) => void }

const CHUNK = 50
/** Reading and decoding one picture overlaps with looking at another. */
const AT_ONCE = 2

/** Looks at one picture and keeps what was seen. A picture that cannot be read is noted as such, once. */
async function lookAt(mediaId: number, signal?: AbortSignal): Promise<boolean> {
  try {
    keepSight(mediaId, await look(await bytesOf(mediaById(mediaId)), signal))
    return true
  } catch (error) {
    if (signal?.aborted || !isAppError(error) || error.code === 'unavailable') throw error
    setFault(mediaId, error.message)
    log.info({ media: mediaId }, `a picture could not be looked at: ${error.message}`)
    return false
  }
}

/** Looks at pictures, two at a time. `seen` is called after each that could be read. */
export async function lookAtAll(mediaIds: readonly number[], signal: AbortSignal | undefined, seen: () => void): Promise<void> {
  const left = [...mediaIds]
  const one = async () => {
    for (let id = left.shift(); id !== undefined; id = left.shift()) {
      signal?.throwIfAborted()
      if (await lookAt(id, signal)) seen()
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, one))
}

/** Base rates of a dataset from the pictures themselves, no caption among them. */
export function ratesOf(datasetId: number): BaseRates {
  const counter = new RateCounter()
  for (const sight of sightsOf(datasetId)) counter.add(sight)
  return counter.rates()
}

export function checkCaption(caption: Pick<ToCheck, 'captionId' | 'text' | 'alt' | 'mediaId'>, rates: BaseRates, threshold: number): CheckedCaption | undefined {
  const sight = sightOf(caption.mediaId)
  if (!sight) return undefined
  const claims = checkClaims(splitClaims(caption.text), sight, caption.alt === null || caption.alt === caption.text ? [] : [caption.alt])
  const { score, terms } = align(caption.text, claims, sight, rates)
  const verdict = score === null ? 'not enough evidence' : score < threshold ? 'misaligned' : 'aligned'
  return { captionId: caption.captionId, claims, score, verdict, terms }
}

/**
 * Looks at every picture of a dataset (or of what `filter` finds) that nobody looked at yet, then checks every caption
 * against what was seen: claims, alignment, and the flag `misaligned` on alt texts below the dataset's threshold.
 */
export async function checkEvidence(dataset: DatasetRow, { filter = '', signal, onProgress }: Options = {}): Promise<Looked> {
  const sofar: Looked = { looked: 0, checked: 0, misaligned: 0 }
  const off = dataset.settings.rulesOff
  for (const ids of matchingIds(dataset.id, filter, CHUNK)) {
    await lookAtAll(unseen(ids), signal, () => {
      sofar.looked++
      onProgress?.({ ...sofar })
    })
  }
  const rates = ratesOf(dataset.id)
  // New pictures move the base rates, so alt texts that were scored before are scored again with them.
  const anew = sofar.looked > 0
  for (const ids of matchingIds(dataset.id, filter, CHUNK)) {
    signal?.throwIfAborted()
    const captions = toCheck(ids, anew)
    const results = captions.flatMap((caption) => {
      const result = checkCaption(caption, rates, dataset.settings.alignmentThreshold)
      return result ? [{ caption, result }] : []
    })
    bulk().transaction(() => {
      keepChecked(results.map((one) => one.result))
      evidenceFlags(dataset.id, results, off)
    })()
    sofar.checked += results.length
    sofar.misaligned += results.filter((one) => one.caption.kind === 'alt' && one.result.verdict === 'misaligned').length
    onProgress?.({ ...sofar })
    await new Promise<void>((resolve) => setImmediate(resolve))
  }
  return sofar
}
