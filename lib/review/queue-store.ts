import { setImmediate as breathe } from 'node:timers/promises'
import { bulk } from '@/lib/db'
import { parseFilter } from '@/lib/sample/filter'
import { endsOf, matchingAmong } from '@/lib/sample/match-store'
import { matchingIds } from '@/lib/sample/store'
import { chunked } from './durable-store'
import { inOrder } from './order-store'
import { decodeCursor, disagreement, encodeCursor, mix, permutation, type Draw, type QueueItem } from './queue'
import type { QueueOrder } from './queue-orders'

export type QueueRequest = { datasetId: number; filter?: string; order: QueueOrder; seed?: number; limit?: number; after?: string; /** one random sample in so many; 0 for none */ every?: number }
export type QueuePage = { items: QueueItem[]; next?: string; /** what the order says about itself */ note: string }

type Drawn = { ids: number[]; places: Draw[]; end: boolean }

/** The next samples of a random draw without a look at all of them: a seeded permutation of the ids says which come next. */
function atRandom(request: QueueRequest, from: Draw | null, limit: number): Drawn {
  const drawn: Drawn = { ids: [], places: [], end: false }
  const ends = from ?? endsOf(request.datasetId)
  if (!ends) return { ...drawn, end: true }
  const { low, high } = ends
  const range = high - low + 1
  const turn = permutation(range, request.seed ?? 0)
  const filter = parseFilter(request.filter ?? '')
  let at = from?.at ?? 0
  for (let chunk = Math.max(100, limit * 4); at < range && drawn.ids.length < limit; chunk = Math.min(chunk * 2, 10_000)) {
    const candidates = Array.from({ length: Math.min(chunk, range - at) }, (_, i) => low + turn(at + i))
    const matching = new Set(matchingAmong(request.datasetId, filter, candidates))
    for (const id of candidates) {
      at++
      if (!matching.has(id)) continue
      drawn.ids.push(id)
      drawn.places.push({ at, low, high })
      if (drawn.ids.length === limit) break
    }
  }
  return { ...drawn, end: at >= range }
}

const ALL_RANDOM = 'All samples are drawn at random.'
const NO_RANDOM = 'No random samples are mixed in; rates found in this order are not estimates.'

/** One page of work: a filter plus an order. Every order but random mixes in a marked share of random samples. */
export function queuePage(request: QueueRequest): QueuePage {
  const { order, limit = 50, every = 10 } = request
  const from = request.after ? decodeCursor(request.after) : { ordered: null, random: null }
  if (order === 'random') {
    const { ids, places, end } = atRandom(request, from.random, limit)
    const next = end ? undefined : encodeCursor({ ordered: null, random: places.at(-1) ?? from.random })
    return { items: ids.map((sampleId) => ({ sampleId, random: true })), next, note: ALL_RANDOM }
  }
  const ordered = inOrder(order, { datasetId: request.datasetId, filter: request.filter ?? '', limit }, from.ordered)
  const random = every > 0 ? atRandom(request, from.random, Math.ceil(limit / every) + 1) : { ids: [], places: [] }
  const { items, used } = mix(ordered.map((place) => place.id), random.ids, limit, every)
  const end = ordered.length < limit && used.ordered >= ordered.length
  const next = end ? undefined : encodeCursor({ ordered: ordered[used.ordered - 1] ?? from.ordered, random: random.places[used.random - 1] ?? from.random })
  return { items, next, note: every > 0 ? `One sample in ${every} is drawn at random, so that error rates among those stay unbiased.` : NO_RANDOM }
}

/**
 * Measures how far the texts of each matching sample are apart, for the order by disagreement; samples that were measured
 * are left alone unless a caption was added since. Returns how many were measured.
 */
export async function measureDisagreement(datasetId: number, filter = '', signal?: AbortSignal): Promise<number> {
  const texts = bulk().prepare(`SELECT c.sampleId, c.id, substr(c.text, 1, 4000) AS text FROM Caption c WHERE c.sampleId IN (SELECT value FROM json_each(?)) AND c.retiredAt IS NULL ORDER BY c.id`)
  const known = bulk().prepare(`SELECT captionId FROM Score WHERE metric = 'disagreement' AND captionId IN (SELECT value FROM json_each(?))`).pluck()
  const put = bulk().prepare(`INSERT INTO Score (captionId, metric, version, value) VALUES (?, 'disagreement', 1, ?) ON CONFLICT (captionId, metric) DO UPDATE SET value = excluded.value`)
  let measured = 0
  for (const ids of matchingIds(datasetId, parseFilter(filter), 300)) {
    signal?.throwIfAborted()
    const samples = [...Map.groupBy(texts.all(JSON.stringify(ids)) as { sampleId: number; id: number; text: string }[], (row) => row.sampleId).values()]
    // The newest caption carries the value: a caption that came later has none yet.
    const newest = samples.map((captions) => captions[captions.length - 1].id)
    const done = new Set(known.all(JSON.stringify(newest)) as number[])
    const scores = samples.filter((_, i) => !done.has(newest[i])).map((captions) => ({ id: captions[captions.length - 1].id, value: disagreement(captions.map((caption) => caption.text)) }))
    if (scores.length) await chunked(() => scores.forEach((score) => put.run(score.id, score.value)))
    measured += scores.length
    await breathe()
  }
  return measured
}
