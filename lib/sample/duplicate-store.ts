import { bulk } from '@/lib/db'
import { AppError } from '@/lib/errors'
import type { SampleView } from './schema'
import { sampleViews } from './store'

/** near: pictures that look alike · exact: one picture under several keys · text: one caption on several pictures. */
export const DUPLICATE_WAYS = ['near', 'exact', 'text'] as const
export type DuplicateWay = (typeof DUPLICATE_WAYS)[number]

/** `filter` finds all of the group; `samples` are the first of them; `texts` counts different alt texts. */
export type DuplicateGroup = { id: number; filter: string; count: number; texts: number; kind?: string; samples: SampleView[] }
export type DuplicatePage = { groups: DuplicateGroup[]; next?: string }
/** A group as it is listed, and as it stands now. */
type Listed = { id: number; count: number }
type Standing = Listed & { texts: number; kind?: string; members: number[] }

/** Members of a group that stand side by side. */
const SHOWN = 8

const PICTURES: Record<'near' | 'exact', string> = { near: 's.groupId', exact: 's.mediaId' }
/** Different alt texts of the pictures of group `g`. */
const texts = (column: string) => `(SELECT count(DISTINCT c.textHash) FROM Sample s JOIN Caption c ON c.sampleId = s.id AND c.kind = 'alt' AND c.retiredAt IS NULL WHERE s.datasetId = @dataset AND ${column} = g.id AND s.dropped = 0)`

/** Every group of a dataset with its size. */
function groups(way: DuplicateWay, conflicting: boolean): string {
  if (way === 'text') return `SELECT min(c.id) AS id, count(DISTINCT c.sampleId) AS count FROM Caption c WHERE c.datasetId = @dataset AND c.retiredAt IS NULL AND c.words > 0 GROUP BY c.textHash HAVING count(DISTINCT c.sampleId) > 1`
  const column = PICTURES[way]
  return `SELECT g.id, g.count FROM (SELECT ${column} AS id, count(*) AS count FROM Sample s WHERE s.datasetId = @dataset AND ${column} IS NOT NULL AND s.dropped = 0 GROUP BY 1 HAVING count(*) > 1) g ${conflicting ? `WHERE ${texts(column)} > 1` : ''}`
}

const lists = new Map<string, { list: readonly Listed[]; until: number; changes: string }>()
/** A list that took long to make is kept so many times as long, whatever is written meanwhile; others are made anew. */
const LONG_MS = 100
const KEEP = 40

/**
 * The groups, the largest first. Finding them means a look at every sample, so at a million they are listed once in a
 * while and not for every page; small lists follow every change.
 */
function listed(datasetId: number, way: DuplicateWay, conflicting: boolean): readonly Listed[] {
  const sql = bulk()
  const key = `${datasetId} ${way} ${conflicting}`
  const changes = `${sql.pragma('data_version', { simple: true })} ${sql.prepare('SELECT total_changes()').pluck().get()}`
  const held = lists.get(key)
  const from = performance.now()
  if (held && (held.changes === changes || from < held.until)) return held.list
  const list = sql.prepare(`${groups(way, conflicting)} ORDER BY count DESC, id`).all({ dataset: datasetId }) as Listed[]
  const took = performance.now() - from
  lists.set(key, { list, changes, until: took < LONG_MS ? 0 : performance.now() + took * KEEP })
  return list
}

/** Groups of pictures as they stand now. */
function ofPictures(datasetId: number, way: 'near' | 'exact', ids: readonly number[]): Standing[] {
  const column = PICTURES[way]
  const of = `FROM Sample s WHERE s.datasetId = @dataset AND ${column} = @id AND s.dropped = 0`
  const now = bulk().prepare(`SELECT g.id, (SELECT count(*) ${of}) AS count, ${texts(column)} AS texts FROM (SELECT @id AS id) g`)
  const members = bulk().prepare(`SELECT s.id ${of} ORDER BY s.id LIMIT @limit`).pluck()
  return ids.map((id) => ({ ...(now.get({ dataset: datasetId, id }) as Listed & { texts: number }), members: members.all({ dataset: datasetId, id, limit: SHOWN }) as number[] }))
}

/** Groups of one text as they stand now, all of them in one pass: nothing looks up a text that came with the data by its hash. */
function ofTexts(datasetId: number, ids: readonly number[]): Standing[] {
  const heads = bulk().prepare(`SELECT id, textHash, kind FROM Caption WHERE id IN (SELECT value FROM json_each(?))`).all(JSON.stringify(ids)) as { id: number; textHash: string; kind: string }[]
  const rows = bulk()
    .prepare(`SELECT c.textHash AS hash, count(DISTINCT c.sampleId) AS count, min(c.kind) AS kind, json_group_array(DISTINCT c.sampleId) AS members FROM Caption c NOT INDEXED
      WHERE c.datasetId = ? AND c.retiredAt IS NULL AND c.textHash IN (SELECT value FROM json_each(?)) GROUP BY 1`)
    .all(datasetId, JSON.stringify(heads.map((head) => head.textHash))) as { hash: string; count: number; kind: string; members: string }[]
  const byHash = new Map(rows.map((row) => [row.hash, row]))
  const byId = new Map(heads.map((head) => [head.id, byHash.get(head.textHash)]))
  return ids.flatMap((id) => {
    const row = byId.get(id)
    return row ? [{ id, count: row.count, texts: 1, kind: row.kind, members: (JSON.parse(row.members) as number[]).sort((a, b) => a - b).slice(0, SHOWN) }] : []
  })
}

const FILTER: Record<DuplicateWay, (id: number) => string> = { near: (id) => `group:${id}`, exact: (id) => `media:${id}`, text: (id) => `same-text:${id}` }

function cursorOf(after: string | undefined): [count: number, id: number] | undefined {
  if (after === undefined) return undefined
  const [, count, id] = /^(\d+)-(\d+)$/.exec(after) ?? []
  if (!id) throw new AppError('invalid', '“after” is not a cursor from an earlier page. Leave it out to begin at the first page.')
  return [Number(count), Number(id)]
}

/** Groups of duplicates, the largest first, dropped samples left out (they are decided); `conflicting`: only those whose alt texts differ. */
export function duplicatePage(request: { datasetId: number; way: DuplicateWay; conflicting?: boolean; limit: number; after?: string }): DuplicatePage {
  const { datasetId, way, limit } = request
  const list = listed(datasetId, way, Boolean(request.conflicting))
  const from = cursorOf(request.after)
  // In order of falling size, then rising id: the first behind the cursor.
  let [at, end] = [0, from ? list.length : 0]
  while (from && at < end) {
    const middle = (at + end) >> 1
    const { count, id } = list[middle]
    if (count < from[0] || (count === from[0] && id > from[1])) end = middle
    else at = middle + 1
  }
  const part = list.slice(at, at + limit)
  const last = part.at(-1)
  const ids = part.map((group) => group.id)
  const standing = way === 'text' ? ofTexts(datasetId, ids) : ofPictures(datasetId, way, ids)
  return {
    // What was decided since the list was made is a group no more.
    groups: standing.filter(({ count }) => count > 1).map(({ members, ...group }) => ({ ...group, filter: FILTER[way](group.id), samples: sampleViews(members) })),
    next: last && at + limit < list.length ? `${last.count}-${last.id}` : undefined,
  }
}

/** How many groups there are of each sort. */
export const duplicateCounts = (datasetId: number): Record<DuplicateWay, number> => {
  const count = (way: DuplicateWay) => listed(datasetId, way, false).length
  return { near: count('near'), exact: count('exact'), text: count('text') }
}

/** Whether pictures of a dataset were looked at to be compared; the oldest are looked at first. */
export const picturesCompared = (datasetId: number): boolean =>
  bulk().prepare(`SELECT 1 FROM (SELECT mediaId FROM Sample WHERE datasetId = ? ORDER BY id LIMIT 1000) s CROSS JOIN Media m ON m.id = s.mediaId WHERE m.phash IS NOT NULL LIMIT 1`).get(datasetId) !== undefined
