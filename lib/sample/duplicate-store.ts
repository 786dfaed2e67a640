import { bulk } from '@/lib/db'
import { AppError } from '@/lib/errors'
import type { Sql } from './query'
import type { SampleView } from './schema'
import { sampleViews } from './store'

/** near: pictures that look alike · exact: one picture under several keys · text: one caption on several pictures. */
export const DUPLICATE_WAYS = ['near', 'exact', 'text'] as const
export type DuplicateWay = (typeof DUPLICATE_WAYS)[number]

/** `filter` finds all of the group; `samples` are the first of them; `texts` counts different alt texts. */
export type DuplicateGroup = { id: number; filter: string; count: number; texts: number; kind?: string; samples: SampleView[] }
export type DuplicatePage = { groups: DuplicateGroup[]; next?: string }
type Row = { id: number; count: number; texts: number; kind?: string }

/** Members of a group that stand side by side. */
const SHOWN = 8

const ALT = `c.kind = 'alt' AND c.retiredAt IS NULL`
const PICTURES: Record<'near' | 'exact', string> = { near: 's.groupId', exact: 's.mediaId' }

function groups(datasetId: number, way: DuplicateWay, conflicting: boolean): Sql {
  if (way === 'text') {
    return {
      sql: `SELECT min(c.id) AS id, count(DISTINCT c.sampleId) AS count, 1 AS texts, min(c.kind) AS kind FROM Caption c WHERE c.datasetId = ? AND c.retiredAt IS NULL AND c.words > 0 GROUP BY c.textHash HAVING count(DISTINCT c.sampleId) > 1`,
      params: [datasetId],
    }
  }
  const column = PICTURES[way]
  return {
    sql: `SELECT g.id, g.count, (SELECT count(DISTINCT c.textHash) FROM Sample s JOIN Caption c ON c.sampleId = s.id AND ${ALT} WHERE s.datasetId = ? AND ${column} = g.id AND s.dropped = 0) AS texts, NULL AS kind
      FROM (SELECT ${column} AS id, count(*) AS count FROM Sample s WHERE s.datasetId = ? AND ${column} IS NOT NULL AND s.dropped = 0 GROUP BY 1 HAVING count(*) > 1) g ${conflicting ? 'WHERE texts > 1' : ''}`,
    params: [datasetId, datasetId],
  }
}

const FILTER: Record<DuplicateWay, (id: number) => string> = { near: (id) => `group:${id}`, exact: (id) => `media:${id}`, text: (id) => `same-text:${id}` }

/** How a group's samples are found by their columns. */
const MEMBERS: Record<DuplicateWay, string> = {
  near: `SELECT s.id FROM Sample s WHERE s.datasetId = ? AND s.groupId = ? AND s.dropped = 0 ORDER BY s.id LIMIT ?`,
  exact: `SELECT s.id FROM Sample s WHERE s.datasetId = ? AND s.mediaId = ? AND s.dropped = 0 ORDER BY s.id LIMIT ?`,
  text: `SELECT DISTINCT c.sampleId FROM Caption c WHERE c.datasetId = ? AND c.textHash = (SELECT textHash FROM Caption WHERE id = ?) AND c.retiredAt IS NULL ORDER BY 1 LIMIT ?`,
}

function cursorOf(after: string | undefined): [count: number, id: number] | undefined {
  if (after === undefined) return undefined
  const [, count, id] = /^(\d+)-(\d+)$/.exec(after) ?? []
  if (!id) throw new AppError('invalid', '“after” is not a cursor from an earlier page. Leave it out to begin at the first page.')
  return [Number(count), Number(id)]
}

/** Groups of duplicates, the largest first, dropped samples left out (they are decided); `conflicting`: only those whose alt texts differ. */
export function duplicatePage(request: { datasetId: number; way: DuplicateWay; conflicting?: boolean; limit: number; after?: string }): DuplicatePage {
  const { datasetId, way, limit } = request
  const all = groups(datasetId, way, Boolean(request.conflicting))
  const from = cursorOf(request.after)
  const rows = bulk()
    .prepare(`SELECT * FROM (${all.sql}) g ${from ? 'WHERE g.count < ? OR (g.count = ? AND g.id > ?)' : ''} ORDER BY g.count DESC, g.id LIMIT ?`)
    .all(...all.params, ...(from ? [from[0], from[0], from[1]] : []), limit + 1) as Row[]
  const members = bulk().prepare(MEMBERS[way]).pluck()
  const page = rows.slice(0, limit)
  return {
    groups: page.map(({ kind, ...row }) => ({ ...row, ...(kind && { kind }), filter: FILTER[way](row.id), samples: sampleViews(members.all(datasetId, row.id, SHOWN) as number[]) })),
    next: rows.length > limit ? `${page[limit - 1].count}-${page[limit - 1].id}` : undefined,
  }
}

/** How many groups there are of each sort. */
export const duplicateCounts = (datasetId: number): Record<DuplicateWay, number> => {
  const count = (way: DuplicateWay) => {
    const all = groups(datasetId, way, false)
    return bulk().prepare(`SELECT count(*) FROM (${all.sql})`).pluck().get(...all.params) as number
  }
  return { near: count('near'), exact: count('exact'), text: count('text') }
}
