import { appendFile, mkdir, rm } from 'node:fs/promises'
import path from 'node:path'
import type Database from 'better-sqlite3'
import { blended } from '@/lib/blend/store'
import { env } from '@/lib/env'
import type { ReleasedSample } from '@/lib/format/types'
import { licenceOf } from './licence'
import type { Proof } from './proof'
import { pictureOf, released, type Linkable } from './released'
import type { ReleaseRequest } from './schema'
import { splitOf } from './split'
import { keysOf, mediaOf } from './store'
import type { Tally } from './tally'

/** Samples whose pictures are read at a time; twice as many are in memory. */
const PICTURES = 16

/** Which caption each sample of a release got, beside the releases: what two releases are compared by. */
export const ledgerOf = (id: number): string => path.join(env.releases, '.ledgers', `${id}.jsonl`)

type Stream = {
  view: Database.Database
  datasetId: number
  release: number
  request: ReleaseRequest
  tally: Tally
  proof: Proof
  linkable: Linkable
  signal?: AbortSignal
  onWritten: (samples: number) => void
}

/** The samples of a release in the order of the dataset, batch by batch, counted and remembered for the proof as they pass. */
export async function* samplesOf({ view, datasetId, release, request, tally, proof, linkable, signal, onWritten }: Stream): AsyncGenerator<readonly ReleasedSample[]> {
  const ledger = ledgerOf(release)
  await mkdir(path.dirname(ledger), { recursive: true })
  await rm(ledger, { force: true })
  for await (const batch of blended(view, datasetId, request, signal)) {
    const media = mediaOf(view, batch.flatMap(({ sample }) => sample.mediaId ?? []))
    const groups = request.splits ? keysOf(view, batch.flatMap(({ sample }) => sample.groupId ?? [])) : undefined
    const out: { sample: ReleasedSample; mediaId: number | null }[] = []
    let lines = ''
    for (const { sample, blended: one } of batch) {
      if (!one) {
        tally.nothingToSay++
        continue
      }
      const split = request.splits && splitOf(request.splits, request.seed, (sample.groupId !== null && groups?.get(sample.groupId)) || sample.key)
      lines += `${JSON.stringify([sample.key, one.chosen.kind, one.chosen.hash])}\n`
      const made = released(sample, one, sample.mediaId === null ? undefined : media.get(sample.mediaId), { weighted: request.mode === 'weighted', images: request.images, split })
      tally.add(one, split, licenceOf(made.meta))
      out.push({ mediaId: sample.mediaId, sample: made })
    }
    await appendFile(ledger, lines)
    const size = request.images === 'reference' ? out.length : PICTURES
    const part = async (at: number) => {
      const samples = out.slice(at, at + size)
      if (request.images !== 'reference')
        await Promise.all(samples.map(async ({ sample, mediaId }) => {
          const image = await pictureOf(mediaId === null ? undefined : media.get(mediaId), linkable)
          if (image) sample.image = image
          else if (sample.url === undefined) tally.withoutImage++
        }))
      return samples.map(({ sample }) => sample)
    }
    let next = part(0)
    try {
      for (let at = 0; at < out.length; at += size) {
        const samples = await next
        // read while these are written; a failure is thrown when its turn comes
        next = at + size < out.length ? part(at + size) : Promise.resolve([])
        next.catch(() => undefined)
        proof.add(samples)
        yield samples
        onWritten(tally.samples)
        signal?.throwIfAborted()
      }
    } finally {
      await next.catch(() => undefined)
    }
  }
}
