import type Database from 'better-sqlite3'
import { blended } from '@/lib/blend/store'
import type { ReleasedSample } from '@/lib/format/types'
import type { MediaRow } from '@/lib/media/store'
import { licenceOf } from './licence'
import { openLedger } from './ledger'
import type { Proof } from './proof'
import { pictureOf, released, type Linkable } from './released'
import type { ReleaseRequest } from './schema'
import { splitOf } from './split'
import { keysOf, mediaOf } from './store'
import type { Tally } from './tally'

/** Samples whose pictures are read at a time; twice as many are in memory. */
const PICTURES = 16
/** Milliseconds a picture may take that is read without waiting. A slower disk (a network's) has them read side by side. */
const NEAR_MS = 1

/** Whether pictures may be read without waiting; one slow part of a release is enough to know that they may not. */
type Disk = { near: boolean }

type Stream = {
  view: Database.Database
  datasetId: number
  release: number
  request: ReleaseRequest
  /** the folder that the release will be */
  folder: string
  tally: Tally
  proof: Proof
  linkable: Linkable
  signal?: AbortSignal
  onWritten: (samples: number) => void
}

type Made = { sample: ReleasedSample; media: MediaRow | undefined }

/** The samples of a release in the order of the dataset, batch by batch, counted and remembered for the proof as they pass. */
export async function* samplesOf({ view, datasetId, release, request, folder, tally, proof, linkable, signal, onWritten }: Stream): AsyncGenerator<readonly ReleasedSample[]> {
  const ledger = openLedger(release)
  const disk: Disk = { near: true }
  const byPath = request.images === 'reference' || request.images === 'relative'
  try {
    for await (const batch of blended(view, datasetId, request, signal)) {
      const media = mediaOf(view, batch.flatMap(({ sample }) => sample.mediaId ?? []))
      const groups = request.splits ? keysOf(view, batch.flatMap(({ sample }) => sample.groupId ?? [])) : undefined
      const made: Made[] = []
      for (const { sample, blended: one } of batch) {
        if (!one) {
          tally.nothingToSay++
          continue
        }
        const split = request.splits && splitOf(request.splits, request.seed, (sample.groupId !== null && groups?.get(sample.groupId)) || sample.key)
        const picture = sample.mediaId === null ? undefined : media.get(sample.mediaId)
        const out = released(sample, one, picture, { weighted: request.mode === 'weighted', images: request.images, folder, split })
        ledger.add(sample.key, one.chosen)
        if (request.images === 'relative' && out.reference === undefined && picture?.place !== 'url') tally.withoutImage++
        tally.add(one, split, licenceOf(out.meta))
        made.push({ sample: out, media: picture })
      }
      ledger.flush()
      for await (const samples of byPath ? [made.map(({ sample }) => sample)] : withPictures(made, disk, tally, linkable)) {
        proof.add(samples)
        yield samples
        onWritten(tally.samples)
        signal?.throwIfAborted()
      }
    }
  } finally {
    ledger.close()
  }
}

/** The same samples with the bytes of their pictures, a few at a time; the next are read while these are written. */
async function* withPictures(made: readonly Made[], disk: Disk, tally: Tally, linkable: Linkable): AsyncGenerator<readonly ReleasedSample[]> {
  const read = async ({ sample, media }: Made) => {
    const image = await pictureOf(media, linkable, disk.near)
    if (image) sample.image = image
    else if (media?.place !== 'url') tally.withoutImage++
    return sample
  }
  const part = (at: number) => {
    const from = performance.now()
    const reading = made.slice(at, at + PICTURES).map(read)
    disk.near &&= performance.now() - from < NEAR_MS * PICTURES
    return Promise.all(reading)
  }
  let next = part(0)
  try {
    for (let at = 0; at < made.length; at += PICTURES) {
      const samples = await next
      // a failure is thrown when its turn comes
      next = part(at + PICTURES)
      next.catch(() => undefined)
      yield samples
    }
  } finally {
    await next.catch(() => undefined)
  }
}
