import { bulk } from '@/lib/db'
import { AppError } from '@/lib/errors'
import type { Filter } from './filter'
import { firstMatching, matchingAmong } from './match-store'
import { whereOf } from './query'
import type { Sort } from './schema'

/** Where a page ends: the stretch of the order, its value there, and what parts equal values. */
type Cursor = [stretch: number, value: number | string, tie: number]
type Row = { id: number; value: number | string; tie: number }
/**
 * A stretch of an order that an index yields: `table` in the order of `by` (0: of `tie` alone), then `tie`; `of` joins the
 * same to the samples of a list `j`, which leads. `@dataset` is the dataset; `id` the sample.
 */
type Stretch = { table: string; of: string; where: string; id: string; by: string; tie: string; down?: boolean }

/** Rows of the index that are looked at in one go at most, and those after which an order is sorted as a whole instead. */
const BLOCK = 2000
const FAR = 20_000
/** So few matching samples are sorted by themselves at once, and so many when walking led too far. */
const FEW = 600
const MANY = 100_000

const firstAlt = `c.datasetId = @dataset AND c.kind = 'alt' AND c.retiredAt IS NULL
  AND NOT EXISTS (SELECT 1 FROM Caption o WHERE o.sampleId = c.sampleId AND o.kind = 'alt' AND o.retiredAt IS NULL AND o.id < c.id)`
const alts: Stretch = { table: 'Caption c INDEXED BY Caption_alt_words_idx', of: 'Caption c INDEXED BY Caption_sampleId_kind_idx ON c.sampleId = j.value', where: firstAlt, id: 'c.sampleId', by: 'c.words', tie: 'c.sampleId' }
const scores: Stretch = {
  table: 'Score sc CROSS JOIN Caption c ON c.id = sc.captionId',
  of: 'Caption c INDEXED BY Caption_sampleId_kind_idx ON c.sampleId = j.value CROSS JOIN Score sc INDEXED BY Score_captionId_metric_key ON sc.captionId = c.id',
  where: `sc.metric = 'alignment' AND sc.value IS NOT NULL AND ${firstAlt}`, id: 'c.sampleId', by: 'sc.value', tie: 'sc.id',
}
/** Samples in the order of the import, those that the stretch before does not hold. */
const rest = (where: string): Stretch => ({ table: 'Sample s', of: 'Sample s ON s.id = j.value', where: `+s.datasetId = @dataset AND ${where}`, id: 's.id', by: '0', tie: 's.id' })
const noAlt = rest(`NOT EXISTS (SELECT 1 FROM Caption c WHERE c.sampleId = s.id AND c.kind = 'alt' AND c.retiredAt IS NULL)`)
const noScore = rest(`NOT EXISTS (SELECT 1 FROM Caption c INDEXED BY Caption_sampleId_kind_idx CROSS JOIN Score sc INDEXED BY Score_captionId_metric_key ON sc.captionId = c.id AND sc.metric = 'alignment' AND sc.value IS NOT NULL WHERE c.sampleId = s.id AND ${firstAlt})`)
/** The same in the order of an index by dataset and column. */
const along = (by: string): Stretch => ({ table: 'Sample s', of: 'Sample s ON s.id = j.value', where: `s.datasetId = @dataset AND ${by} IS NOT NULL`, id: 's.id', by, tie: 's.id' })

export type Sorted = Exclude<Sort, 'imported' | 'newest'>
/** Each order as stretches; samples without what it asks for come last, as imported. */
const ORDER: Record<Sorted, readonly Stretch[]> = {
  key: [along('s.key')],
  shortest: [alts, noAlt],
  longest: [{ ...alts, down: true }, noAlt],
  suspicious: [scores, noScore],
  aligned: [{ ...scores, down: true }, noScore],
  duplicates: [along('s.groupId'), rest('s.groupId IS NULL')],
}

export const notOurs = () => new AppError('invalid', '“after” is not a cursor from an earlier page. Leave it out to begin at the first page.', { detail: { use: true } })
function decode(after: string): Cursor {
  try {
    const [stretch, value, tie] = JSON.parse(Buffer.from(after, 'base64url').toString()) as unknown[]
    if (typeof stretch === 'number' && (typeof value === 'string' || typeof value === 'number') && typeof tie === 'number') return [stretch, value, tie]
  } catch {
    // falls through to the one answer for all cursors that are not ours
  }
  throw notOurs()
}

const encode = (cursor: Cursor) => Buffer.from(JSON.stringify(cursor)).toString('base64url')
const everything = (filter: Filter) => filter.is === 'and' && filter.parts.length === 0

/** Rows of a stretch behind a place in it. `named`: values of `more` and of the stretch's own conditions. */
function rowsOf(stretch: Stretch, from: string, more: string, place: Omit<Row, 'id'> | undefined, named: Record<string, unknown>, unnamed: readonly unknown[], limit: number): Row[] {
  const { where, id, by, tie, down } = stretch
  const [way, beyond] = down ? ['DESC', '<'] : ['ASC', '>']
  const behind = place === undefined ? '' : by === '0' ? ` AND ${tie} ${beyond} @tie` : ` AND (${by}, ${tie}) ${beyond} (@value, @tie)`
  const order = by === '0' ? `${tie} ${way}` : `${by} ${way}, ${tie} ${way}`
  return bulk().prepare(`SELECT ${id} AS id, ${by} AS value, ${tie} AS tie FROM ${from} WHERE ${where}${more}${behind} ORDER BY ${order} LIMIT @limit`).all(...unnamed, { ...named, ...(place && { tie: place.tie, ...(by !== '0' && { value: place.value }) }), limit }) as Row[]
}

/** The matching rows of a stretch by walking along its index; undefined when they lie too far apart. */
function walked(datasetId: number, filter: Filter, stretch: Stretch, place: Omit<Row, 'id'> | undefined, limit: number): Row[] | undefined {
  const found: Row[] = []
  const all = everything(filter)
  for (let looked = 0, from = place, block = all ? limit : Math.min(BLOCK, limit * 4); ; block = Math.min(BLOCK, block * 2)) {
    const rows = rowsOf(stretch, stretch.table, '', from, { dataset: datasetId }, [], block)
    const ids = all ? undefined : new Set(matchingAmong(datasetId, filter, rows.map((row) => row.id)))
    for (const row of rows) if (!ids || ids.has(row.id)) found.push(row)
    if (found.length >= limit || rows.length < block) return found.slice(0, limit)
    looked += rows.length
    if (looked >= FAR) return undefined
    from = rows[rows.length - 1]
  }
}

/** The samples that match as a list, undefined when there are more than `most`. */
function listed(datasetId: number, filter: Filter, most: number): string | undefined {
  const ids = firstMatching(datasetId, filter, { limit: most + 1 })
  return ids.length <= most ? JSON.stringify(ids) : undefined
}

/** The rows of a stretch for a list of samples, by sorting them. */
const among = (datasetId: number, list: string, stretch: Stretch, place: Omit<Row, 'id'> | undefined, limit: number): Row[] =>
  rowsOf(stretch, `json_each(@list) j CROSS JOIN ${stretch.of}`, '', place, { dataset: datasetId, list }, [], limit)

/** The matching rows of a stretch by sorting all of them. */
function whole(datasetId: number, filter: Filter, stretch: Stretch, place: Omit<Row, 'id'> | undefined, limit: number): Row[] {
  const list = listed(datasetId, filter, MANY)
  if (list !== undefined) return among(datasetId, list, stretch, place, limit)
  const { sql, params } = whereOf(filter, datasetId)
  return rowsOf(stretch, stretch.table, ` AND ${stretch.id} IN (SELECT s.id FROM Sample s WHERE ${sql})`, place, { dataset: datasetId }, params, limit)
}

type Found = Row & { at: number }

/** The first `limit` matching rows of an order, or those behind a place in it. `list`: the samples that match, where they are few. */
function rowsFrom(datasetId: number, filter: Filter, stretches: readonly Stretch[], cursor: Cursor | undefined, list: string | undefined, limit: number): Found[] {
  const found: Found[] = []
  for (let at = cursor?.[0] ?? 0; at < stretches.length && found.length < limit; at++) {
    const stretch = stretches[at]
    const place = cursor && at === cursor[0] ? { value: cursor[1], tie: cursor[2] } : undefined
    const left = limit - found.length
    const rows = list !== undefined ? among(datasetId, list, stretch, place, left) : (walked(datasetId, filter, stretch, place, left) ?? whole(datasetId, filter, stretch, place, left))
    found.push(...rows.map((row) => ({ ...row, at })))
  }
  return found
}
const fewMatching = (datasetId: number, filter: Filter) => (everything(filter) ? undefined : listed(datasetId, filter, FEW))

/**
 * One page of an order that is not that of the import. Few matches are sorted by themselves; many are met by walking along
 * the order's index; only when they lie far apart there is everything sorted.
 */
export function sortedPage(datasetId: number, filter: Filter, sort: Sorted, request: { after?: string; limit: number }): { ids: number[]; next?: string } {
  const cursor = request.after === undefined ? undefined : decode(request.after)
  const stretches = ORDER[sort]
  if (cursor && !stretches[cursor[0]]) throw notOurs()
  const found = rowsFrom(datasetId, filter, stretches, cursor, fewMatching(datasetId, filter), request.limit + 1)
  const last = found.length > request.limit ? found[request.limit - 1] : undefined
  return { ids: found.slice(0, request.limit).map((row) => row.id), next: last && encode([last.at, last.value, last.tie]) }
}

/** The matching samples right before and after one in such an order: a page of one in each direction. */
export function sortedBeside(datasetId: number, filter: Filter, sort: Sorted, id: number): { previous?: number; next?: number } {
  const order = ORDER[sort]
  const [place] = rowsFrom(datasetId, filter, order, undefined, JSON.stringify([id]), 1)
  if (!place) return {}
  const list = fewMatching(datasetId, filter)
  const beside = (stretches: readonly Stretch[], at: number) => rowsFrom(datasetId, filter, stretches, [at, place.value, place.tie], list, 1)[0]?.id
  const back = order.map((stretch) => ({ ...stretch, down: !stretch.down })).reverse()
  return { previous: beside(back, order.length - 1 - place.at), next: beside(order, place.at) }
}
