import { bulk } from '@/lib/db'
import { parseFilter } from '@/lib/sample/filter'
import { firstMatching } from '@/lib/sample/match-store'
import { whereOf, type Sql } from '@/lib/sample/query'
import type { Place } from './queue'
import type { QueueOrder } from './queue-orders'

type Asked = { datasetId: number; filter: string; limit: number }
/** The next samples after a place, `where` being the filter: `{ id, value }` in order. */
type Stretch = (where: Sql, after: Place, limit: number) => Sql
/** An order by an index: the samples that it leads to, then those that it does not know, as imported. */
type Stretches = { ranked: Stretch; rest: Stretch }

/** The value of samples without one: behind all others. */
const LAST = 1e15
const [FRONT, REST]: Place[] = [{ value: -1e300, id: 0 }, { value: LAST, id: 0 }]

/** As imported, those of which `unknown` holds. The plus: an index by dataset would have the whole of it sorted by id first. */
const others = (unknown: string): Stretch => (where, after, limit) => ({ sql: `SELECT s.id, ${LAST} AS value FROM Sample s WHERE +${where.sql} AND s.id > ? AND ${unknown} ORDER BY s.id LIMIT ?`, params: [...where.params, after.id, limit] })

function byScore(metric: string, first: 'lowest' | 'highest'): Stretches {
  const [best, beyond, way, sign] = first === 'lowest' ? ['min', '>=', 'ASC', 1] : ['max', '<=', 'DESC', -1]
  const scores = (what: string) => `SELECT ${what} FROM Caption oc CROSS JOIN Score o ON o.captionId = oc.id AND o.metric = '${metric}' WHERE oc.sampleId = s.id AND oc.retiredAt IS NULL AND o.value IS NOT NULL`
  return {
    // CROSS JOIN keeps the scores in the lead; a sample comes once, at its lowest or highest.
    ranked: (where, after, limit) => ({
      sql: `SELECT DISTINCT s.id, ${sign} * sc.value AS value FROM Score sc CROSS JOIN Caption c ON c.id = sc.captionId AND c.retiredAt IS NULL CROSS JOIN Sample s ON s.id = c.sampleId
        WHERE sc.metric = '${metric}' AND sc.value ${beyond} ? AND (sc.value <> ? OR s.id > ?) AND ${where.sql} AND sc.value = (${scores(`${best}(o.value)`)}) ORDER BY sc.value ${way}, s.id LIMIT ?`,
      params: [sign * after.value, sign * after.value, after.id, ...where.params, limit],
    }),
    rest: others(`NOT EXISTS (${scores('1')})`),
  }
}

const ORDERS: Record<Exclude<QueueOrder, 'random' | 'imported'>, Stretches> = {
  suspicious: byScore('alignment', 'lowest'),
  disagreement: byScore('disagreement', 'highest'),
  duplicates: {
    ranked: (where, after, limit) => ({
      sql: `SELECT s.id, s.groupId AS value FROM Sample s WHERE ${where.sql} AND s.groupId >= ? AND (s.groupId > ? OR s.id > ?) ORDER BY s.groupId, s.id LIMIT ?`,
      params: [...where.params, after.value, after.value, after.id, limit],
    }),
    rest: others('s.groupId IS NULL'),
  },
}

/** The next samples of an order after a place, without a look at all that match. */
export function inOrder(order: Exclude<QueueOrder, 'random'>, { datasetId, filter: text, limit }: Asked, from: Place | null): Place[] {
  const filter = parseFilter(text)
  if (order === 'imported') return firstMatching(datasetId, filter, { after: from?.id, limit }).map((id) => ({ id, value: id }))
  const where = whereOf(filter, datasetId)
  const take = (stretch: Stretch, after: Place, most: number) => {
    const { sql, params } = stretch(where, after, most)
    return bulk().prepare(sql).all(...params) as Place[]
  }
  const inRest = from !== null && from.value >= LAST
  const ranked = inRest ? [] : take(ORDERS[order].ranked, from ?? FRONT, limit)
  return ranked.length >= limit ? ranked : [...ranked, ...take(ORDERS[order].rest, inRest ? from : REST, limit - ranked.length)]
}
