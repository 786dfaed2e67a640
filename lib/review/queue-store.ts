import { setImmediate as breathe } from 'node:timers/promises'
import { bulk } from '@/lib/db'
import { parseFilter } from '@/lib/sample/filter'
import { whereOf } from '@/lib/sample/query'
import { matchingIds } from '@/lib/sample/store'
import { chunked } from './durable-store'
import { decodeCursor, disagreement, encodeCursor, mix, type Place, type QueueItem, type QueueOrder } from './queue'

export type QueueRequest = { datasetId: number; filter?: string; order: QueueOrder; seed?: number; limit?: number; after?: string; /** one random sample in so many; 0 for none */ every?: number }
export type QueuePage = { items: QueueItem[]; next?: string; /** what the order says about itself */ note: string }

const lowest = (metric: string, of: 'min' | 'max') => `(SELECT ${of}(sc.value) FROM Score sc JOIN Caption c ON c.id = sc.captionId WHERE sc.metric = '${metric}' AND c.sampleId = s.id AND c.retiredAt IS NULL)`

// Three multiplications under three different primes: their composition is no longer linear, and it runs inside SQL.
const shuffled = (seed: number) => `((((s.id * 48271 + ${Math.abs(Math.trunc(seed)) % 2147483647}) % 2147483647) * 69621 % 2147483629) * 40692 % 2147483399)`

const ORDER_BY: Record<QueueOrder, (seed: number) => string> = {
  imported: () => 's.id',
  random: shuffled,
  suspicious: () => `coalesce(${lowest('alignment', 'min')}, 1e9)`,
  disagreement: () => `-coalesce(${lowest('disagreement', 'max')}, -1)`,
  duplicates: () => 'coalesce(s.groupId, 1e15 + s.id)',
}

function lane(request: QueueRequest, by: string, from: Place | null, limit: number): Place[] {
  const where = whereOf(parseFilter(request.filter ?? ''), request.datasetId)
  const beyond = from ? `AND (${by}, s.id) > (?, ?)` : ''
  return bulk()
    .prepare(`SELECT s.id, ${by} AS value FROM Sample s WHERE ${where.sql} ${beyond} ORDER BY value, s.id LIMIT ?`)
    .all(...where.params, ...(from ? [from.value, from.id] : []), limit) as Place[]
}

/** One page of work: a filter plus an order. Every order but random mixes in a marked share of random samples. */
export function queuePage(request: QueueRequest): QueuePage {
  const { order, seed = 0, limit = 50 } = request
  const every = order === 'random' ? 0 : (request.every ?? 10)
  const from = request.after ? decodeCursor(request.after) : { ordered: null, random: null }
  const ordered = lane(request, ORDER_BY[order](seed), from.ordered, limit)
  const random = every > 0 ? lane(request, shuffled(seed), from.random, Math.ceil(limit / every) + 1) : []
  const { items, used } = mix(ordered.map((place) => place.id), random.map((place) => place.id), limit, every)
  const next = ordered.length < limit && used.ordered >= ordered.length ? undefined : encodeCursor({ ordered: ordered[used.ordered - 1] ?? from.ordered, random: random[used.random - 1] ?? from.random })
  const drawn = order === 'random' ? items.map((item) => ({ ...item, random: true })) : items
  return { items: drawn, next, note: order === 'random' ? 'All samples are drawn at random.' : every > 0 ? `One sample in ${every} is drawn at random, so that error rates among those stay unbiased.` : 'No random samples are mixed in; rates found in this order are not estimates.' }
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
