import { bulk } from '@/lib/db'
import type { Filter } from './filter'
import { allHits, neededPhrases, phrasesOf, rareWhereOf, textSearch, whereOf, type Hits, type Sql } from './query'

/** A phrase in at most so many captions is looked up from there; one in more is met soon by walking along the samples. */
const FEW = 20_000
/** Samples that are walked before the search may turn to the captions' side, and those that it would walk at most. */
const PATIENCE = 5000
const FAR = 80_000
const BLOCK = 20_000
/** Caption ids further apart than this are looked up in full text as two ranges. */
const GAP = 2000

type Found = { few: boolean; ids: number[] }
const listed = ({ ids, few }: Found): ReturnType<Hits> => ({ sql: 'SELECT value FROM json_each(?)', params: [JSON.stringify(ids)], few })

/** Ids in ascending order as ranges without large gaps. */
function ranges(ids: readonly number[]): [number, number][] {
  const out: [number, number][] = []
  for (const id of ids) {
    const last = out.at(-1)
    if (last && id - last[1] <= GAP) last[1] = id
    else out.push([id, id])
  }
  return out
}

/** Full text of a few captions: only their part of the index is read, whatever the phrase. */
function hitsAmong(captions: readonly number[], phrases: readonly string[]): Hits {
  // CAST: numbers are bound as reals, and full text seeks to whole ones only.
  const spans = ranges(captions)
  const within = (phrase: string) =>
    textSearch(phrase, ' AND rowid BETWEEN CAST(? AS INTEGER) AND CAST(? AS INTEGER)').flatMap(({ sql, params }) => {
      const find = bulk().prepare(sql).pluck()
      return spans.flatMap(([from, to]) => find.all(...params, from, to) as number[])
    })
  const known = new Map(phrases.map((phrase) => [phrase, listed({ few: false, ids: within(phrase) })]))
  return (phrase) => known.get(phrase) ?? allHits(phrase)
}

/** Those of these samples that match, in the order given. */
export function matchingAmong(datasetId: number, filter: Filter, ids: readonly number[]): number[] {
  const list = JSON.stringify(ids)
  const phrases = phrasesOf(filter)
  const captions = phrases.length ? (bulk().prepare(`SELECT id FROM Caption WHERE sampleId IN (SELECT value FROM json_each(?)) ORDER BY id`).pluck().all(list) as number[]) : []
  const where = whereOf(filter, datasetId, hitsAmong(captions, phrases))
  // CROSS JOIN keeps the order of the loops: the ids lead.
  return bulk().prepare(`SELECT s.id FROM json_each(?) j CROSS JOIN Sample s ON s.id = j.value WHERE ${where.sql} ORDER BY j.key`).pluck().all(list, ...where.params) as number[]
}

/** First and last sample of a dataset; undefined when it has none. Each by itself: asked together they cost a look at all. */
export function endsOf(datasetId: number): { low: number; high: number } | undefined {
  const one = (of: 'min' | 'max', dropped: number) => bulk().prepare(`SELECT ${of}(id) FROM Sample WHERE datasetId = ? AND dropped = ?`).pluck().get(datasetId, dropped) as number | null
  const [low, lowDropped, high, highDropped] = [one('min', 0), one('min', 1), one('max', 0), one('max', 1)]
  if (low === null && lowDropped === null) return undefined
  return { low: Math.min(low ?? Infinity, lowDropped ?? Infinity), high: Math.max(high ?? 0, highDropped ?? 0) }
}

export type Walk = { after?: number; down?: boolean; limit: number }

/**
 * The first samples that match, by id. Dense filters are answered by walking along the samples from `after`; a filter that
 * few match is turned round and answered from the captions, so that neither pays for a million samples.
 */
export function firstMatching(datasetId: number, filter: Filter, { after, down = false, limit }: Walk): number[] {
  const whole = endsOf(datasetId)
  if (!whole) return []
  const low = after === undefined || down ? whole.low : after + 1
  const high = after === undefined || !down ? whole.high : after - 1
  const phrases = phrasesOf(filter)
  const known = new Map<string, Found>()
  for (const phrase of phrases) {
    const ids = textSearch(phrase, ' LIMIT ?').flatMap(({ sql, params }) => bulk().prepare(sql).pluck().all(...params, FEW + 1) as number[])
    if (ids.length <= FEW) known.set(phrase, { few: true, ids })
  }
  const hits: Hits = (phrase) => (known.has(phrase) ? listed(known.get(phrase)!) : allHits(phrase))
  const rare = (part: Part) => {
    const where = rareWhereOf(filter, datasetId, hits)
    // The plus: the list of ids leads, not the range they are to be in.
    return where ? select(where, part, '+s.id') : select(whereOf(filter, datasetId, hits), part)
  }
  if (neededPhrases(filter).some((phrase) => known.has(phrase))) return rare({ low, high, down, limit })

  const found: number[] = []
  const everything = filter.is === 'and' && filter.parts.length === 0
  let block = everything ? limit : Math.min(5000, Math.max(200, limit * 4))
  for (let walked = 0, from = down ? high : low; from >= low && from <= high; ) {
    if (walked >= PATIENCE && (limit - found.length) * walked > found.length * FAR) return [...found, ...rare({ low: down ? low : from, high: down ? from : high, down, limit: limit - found.length })]
    const to = down ? Math.max(low, from - block + 1) : Math.min(high, from + block - 1)
    const part = { low: Math.min(from, to), high: Math.max(from, to) }
    found.push(...select(blockWhere(filter, datasetId, phrases, part), { ...part, down, limit: limit - found.length }))
    if (found.length >= limit) return found
    walked += block
    from = down ? to - 1 : to + 1
    block = Math.min(BLOCK, block * 4)
  }
  return found
}

function blockWhere(filter: Filter, datasetId: number, phrases: readonly string[], part: { low: number; high: number }): Sql {
  const captions = phrases.length ? (bulk().prepare(`SELECT id FROM Caption WHERE sampleId BETWEEN ? AND ? ORDER BY id`).pluck().all(part.low, part.high) as number[]) : []
  const where = whereOf(filter, datasetId, hitsAmong(captions, phrases))
  // The plus: an index by dataset would have the whole of it sorted by id first.
  return { ...where, sql: `+${where.sql}` }
}

type Part = { low: number; high: number; down: boolean; limit: number }
const select = (where: Sql, { low, high, down, limit }: Part, id = 's.id'): number[] =>
  bulk().prepare(`SELECT s.id FROM Sample s WHERE ${where.sql} AND ${id} BETWEEN ? AND ? ORDER BY s.id ${down ? 'DESC' : 'ASC'} LIMIT ?`).pluck().all(...where.params, low, high, limit) as number[]
