import { look } from '@/lib/captioner/builtin'
import { keepSight, sightOf } from '@/lib/captioner/builtin/sight-store'
import type { DatasetRow } from '@/lib/dataset/schema'
import { bulk } from '@/lib/db'
import { isAppError } from '@/lib/errors'
import { log } from '@/lib/log'
import { bytesOf, mediaById, setFault } from '@/lib/media/store'
import { matchingIds } from '@/lib/sample/store'
import { evidenceFlags } from './flag-store'
import { judge, type Judged } from './judge'
import { RateCounter, type BaseRates } from './presence'
import { splitClaims } from './split'
import { asksOf } from './ask-store'
import { keepChecked, resultVersion, sightsOf, toCheck, unseen } from './store'
import { wordsOf, type Words } from './word-run'

export type Looked = { looked: number; checked: number; misaligned: number }
type Options = { filter?: string; signal?: AbortSignal; onProgress?: (sofar: Looked) => void }

const CHUNK = 50
/** Reading and decoding one picture overlaps with looking at another. */
const AT_ONCE = 2

/** Notes why a picture cannot be looked at; one that may be readable later is left for the next check. */
function unreadable(mediaId: number, error: unknown, signal?: AbortSignal): false {
  if (signal?.aborted || !isAppError(error)) throw error
  if (error.code !== 'unavailable') setFault(mediaId, error.message)
  log.info({ media: mediaId }, `a picture could not be looked at: ${error.message}`)
  return false
}

/** Looks at one picture and keeps what was seen. Throws 'unavailable' when the describer is, never for the picture's sake. */
async function lookAt(mediaId: number, signal?: AbortSignal): Promise<boolean> {
  let bytes: Uint8Array
  try {
    bytes = await bytesOf(mediaById(mediaId))
  } catch (error) {
    return unreadable(mediaId, error, signal)
  }
  try {
    keepSight(mediaId, await look(bytes, signal))
    return true
  } catch (error) {
    if (isAppError(error) && error.code === 'unavailable') throw error
    return unreadable(mediaId, error, signal)
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

/** The claims of a caption as sentences for a vision model, each with its span: the model's own split where there is one, else the rules'. */
export function claimsToVerify({ captionId, text }: { captionId: number; text: string }): { says: string[]; spans: string[] } {
  const split = asksOf(captionId).split?.split
  const claims = split?.claims ?? splitClaims(text)
  return { says: split?.says ?? claims.map((claim) => claim.text), spans: claims.map((claim) => `${claim.start} ${claim.end} ${claim.sort}`) }
}

/** Checks captions of these samples against what was seen, `anew` or where this was not done with the present version and settings, and sets the flags that follow. */
export function checkSamples(dataset: DatasetRow, sampleIds: readonly number[], rates: BaseRates, { anew, words }: { anew: boolean; words?: Words }): { checked: number; misaligned: number } {
  const captions = toCheck(sampleIds, anew, resultVersion(dataset.settings))
  const results = captions.flatMap((caption): Judged[] => {
    const sight = sightOf(caption.mediaId)
    return sight ? [judge(caption, { sight, rates, settings: dataset.settings, asks: asksOf(caption.captionId), words })] : []
  })
  return bulk().transaction(() => {
    keepChecked(results, resultVersion(dataset.settings))
    return { checked: results.length, misaligned: evidenceFlags(dataset, sampleIds) }
  })()
}

/**
 * Looks at every picture of a dataset (or of what `filter` finds) that nobody looked at yet, then checks every caption
 * against what was seen: claims, alignment, and the flag `misaligned` on alt texts below the dataset's threshold.
 */
export async function checkEvidence(dataset: DatasetRow, { filter = '', signal, onProgress }: Options = {}): Promise<Looked> {
  const sofar: Looked = { looked: 0, checked: 0, misaligned: 0 }
  for (const ids of matchingIds(dataset.id, filter, CHUNK)) {
    await lookAtAll(unseen(ids), signal, () => {
      sofar.looked++
      onProgress?.({ ...sofar })
    })
  }
  const rates = ratesOf(dataset.id)
  const words = dataset.settings.wordModel ? wordsOf(dataset.id) : undefined
  // New pictures move the base rates, so alt texts that were scored before are scored again with them.
  const anew = sofar.looked > 0
  for (const ids of matchingIds(dataset.id, filter, CHUNK)) {
    signal?.throwIfAborted()
    const { checked, misaligned } = checkSamples(dataset, ids, rates, { anew, words })
    sofar.checked += checked
    sofar.misaligned += misaligned
    onProgress?.({ ...sofar })
    await new Promise<void>((resolve) => setImmediate(resolve))
  }
  return sofar
}
