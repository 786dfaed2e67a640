import { isAppError, type AppError } from '@/lib/errors'
import type { DatasetRow } from '@/lib/dataset/schema'
import { flagSubject, raiseFlags, withdrawFlags } from '@/lib/flag/store'
import { nearGroups } from '@/lib/media/duplicates'
import { flaggedBy, hashedOf, keysOf, samplesOf, setGroups, unseen } from '@/lib/media/duplicates-store'
import type { Operator } from '@/lib/media/fetch'
import { thumbnailWithHash } from '@/lib/media/picture'
import { politely } from '@/lib/media/polite'
import { bytesOf, mediaById, setFault, setHash, type MediaRow } from '@/lib/media/store'
import { keepThumbnail } from '@/lib/media/thumbnail'

export type ExamineOptions = {
  /** fetch pictures that stand behind URLs too */
  fetch?: boolean
  signal?: AbortSignal
  onProgress?: (progress: Examined) => void
  operator?: Operator
}
/** `later`: pictures that could not be reached now; the next time they are tried again. Groups and twins are samples that look alike. */
export type Examined = { looked: number; broken: number; missing: number; later: number; groups: number; twins: number }

const PAGE = 64
/** Pictures at a time: decoding keeps two cores busy, fetching waits for others. */
const DECODED_AT_ONCE = 2
const FETCHED_AT_ONCE = 16
/** Side of the thumbnail that is made from the same decode. */
const SIDE = 320
const FLAGS_A_STEP = 500

type Fault = 'broken' | 'missing'
const faultOf = (error: AppError, read: boolean): Fault => (read && error.code === 'refused' ? 'broken' : 'missing')

/** One picture: decoded whole, hashed, its thumbnail kept. Answers what is wrong with it, or 'later'. */
async function examineOne(media: MediaRow, read: (media: MediaRow) => Promise<Uint8Array>): Promise<{ fault: Fault; why: string } | 'later' | undefined> {
  let bytes: Uint8Array | undefined
  try {
    bytes = await read(media)
    const { hash, bytes: small } = await thumbnailWithHash(bytes, SIDE, 'webp')
    // A fetched URL has its hash now, which names its thumbnail.
    await keepThumbnail(mediaById(media.id), SIDE, small)
    setHash(media.id, hash)
    return undefined
  } catch (error) {
    if (!isAppError(error)) throw error
    if (error.code === 'unavailable' && media.place === 'url' && !bytes) return 'later'
    if (error.code === 'unavailable') throw error
    setFault(media.id, error.message)
    return { fault: faultOf(error, bytes !== undefined), why: error.message }
  }
}

async function pool<T>(items: readonly T[], atOnce: number, work: (item: T) => Promise<void>): Promise<void> {
  const queue = items.values()
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, async () => { for (const item of queue) await work(item) }))
}

async function lookAtAll(dataset: DatasetRow, options: ExamineOptions, done: Examined): Promise<void> {
  const polite = politely()
  const read = (media: MediaRow) => (media.place === 'url' && !media.member ? polite(media.path, () => bytesOf(media, { signal: options.signal, operator: options.operator }), options.signal) : bytesOf(media))
  const off = new Set(dataset.settings.rulesOff)
  let after = 0
  for (let page = unseen(dataset.id, 0, PAGE, Boolean(options.fetch)); page.length > 0; page = unseen(dataset.id, after, PAGE, Boolean(options.fetch))) {
    after = page[page.length - 1].id
    await pool(page, options.fetch ? FETCHED_AT_ONCE : DECODED_AT_ONCE, async (media) => {
      options.signal?.throwIfAborted()
      const found = await examineOne(media, read)
      if (found === 'later') return void done.later++
      done.looked++
      if (!found) return
      done[found.fault]++
      if (!off.has(found.fault)) raiseFlags(samplesOf(dataset.id, media.id).map((sampleId) => ({ datasetId: dataset.id, sampleId, rule: found.fault, evidence: found.why })))
    })
    options.onProgress?.({ ...done })
  }
}

/** Look-alikes as groups, and the flag on all but the first of each; flags that no longer hold are taken back. */
async function group(dataset: DatasetRow, done: Examined): Promise<void> {
  const groups = await nearGroups(hashedOf(dataset.id))
  await setGroups(dataset.id, groups)
  done.groups = groups.length
  done.twins = groups.reduce((sum, one) => sum + one.length, 0)
  const rule = 'near-duplicate'
  const twins = dataset.settings.rulesOff.includes(rule) ? [] : groups.flatMap(([first, ...others]) => others.map((sampleId) => ({ sampleId, first })))
  const wanted = new Set(twins.map((twin) => twin.sampleId))
  withdrawFlags(flaggedBy(dataset.id, rule).filter((sampleId) => !wanted.has(sampleId)).map((sampleId) => flagSubject({ rule, sampleId })))
  for (let from = 0; from < twins.length; from += FLAGS_A_STEP) {
    const step = twins.slice(from, from + FLAGS_A_STEP)
    const keys = keysOf(step.map((twin) => twin.first))
    raiseFlags(step.map(({ sampleId, first }) => ({ datasetId: dataset.id, sampleId, rule, evidence: `looks like ${keys.get(first)}` })))
  }
}

/**
 * Looks at every picture of a dataset that was not looked at yet: decodes it whole (damage that the header does not show
 * becomes the flag `broken`, a picture that is gone `missing`), keeps a thumbnail and a perceptual hash, then groups the
 * samples that look alike. May be stopped and called again; nothing is done twice.
 */
export async function examine(dataset: DatasetRow, options: ExamineOptions = {}): Promise<Examined> {
  const done: Examined = { looked: 0, broken: 0, missing: 0, later: 0, groups: 0, twins: 0 }
  await lookAtAll(dataset, options, done)
  await group(dataset, done)
  return done
}
