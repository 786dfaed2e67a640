import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freshHome } from '@/lib/testing'
import { parseFilter } from './filter'
import { whereOf } from './query'

let home: Awaited<ReturnType<typeof freshHome>>
let store: typeof import('./match-store')
let sql: ReturnType<typeof import('@/lib/db').bulk>
let datasetId = 0
const SAMPLES = 24_000

beforeAll(async () => {
  home = await freshHome()
  store = await import('./match-store')
  sql = (await import('@/lib/db')).bulk()
  const { createDataset } = await import('@/lib/dataset/store')
  const { indexText } = await import('@/lib/caption/store')
  const other = (await createDataset({ name: 'other' })).id
  datasetId = (await createDataset({ name: 'many' })).id
  const sample = sql.prepare('INSERT INTO Sample (datasetId, key, position, dropped) VALUES (?, ?, ?, ?)')
  const caption = sql.prepare(`INSERT INTO Caption (datasetId, sampleId, text, kind, origin, standing, words, textHash, retiredAt, createdAt) VALUES (?, ?, ?, ?, ?, ?, ?, 'x', ?, 'now')`)
  sql.transaction(() => {
    for (let i = 0; i < SAMPLES; i++) {
      const id = Number(sample.run(datasetId, `${i}.jpg`, i, Number(i % 1000 === 0)).lastInsertRowid)
      if (i % 10 === 0) sample.run(other, `${i}.jpg`, i, 0)
      // “a dog” is in more captions than may lead a search; “grey heron” in very few, and only far on.
      caption.run(datasetId, id, i % 9000 === 8999 ? 'a grey heron' : 'a dog', 'alt', 'source', i % 7 ? 'pending' : 'approved', i % 30, null)
      if (i > 20_000 && i % 400 === 0) caption.run(datasetId, id, 'two dogs and a dog', 'short', 'model', 'pending', 5, i % 800 ? null : 'now')
    }
  })()
  while (indexText(5000) > 0);
})
afterAll(() => home.remove())

/** Every sample asked by itself: slow, and plainly right. */
function plainly(filter: string, down = false): number[] {
  const where = whereOf(parseFilter(filter), datasetId)
  return sql.prepare(`SELECT s.id FROM Sample s WHERE ${where.sql} ORDER BY s.id ${down ? 'DESC' : 'ASC'}`).pluck().all(...where.params) as number[]
}

const FILTERS = ['', 'dog', '"grey heron"', '"a grey"', 'zebra', 'NOT dog', 'NOT heron', 'dog OR heron', 'heron OR kind:short', '"a dog" -heron', 'dog words:>40', 'dog words:<3', 'words:29', 'kind:short', 'kind:short dog', 'kind:short standing:approved', 'standing:approved', 'dropped:yes', 'dropped:yes dog', '-kind:short', 'missing:short', '"—"', 'key:999', '(dog OR heron) words:<2', 'kind:alt -standing:approved', 'id:<100', 'begins:a', 'begins:"a grey"', 'begins:zebra', 'kind:short begins:two', '-casing:lower', 'ends:.', 'repeats:kind']

describe('the quick search finds what asking every sample finds', () => {
  test.each(FILTERS)('%s', (filter) => {
    const asked = parseFilter(filter)
    for (const down of [false, true]) {
      const all = plainly(filter, down)
      expect(store.firstMatching(datasetId, asked, { down, limit: SAMPLES + 1 })).toEqual(all)
      expect(store.firstMatching(datasetId, asked, { down, limit: 20 })).toEqual(all.slice(0, 20))
      const middle = all[Math.floor(all.length / 2)]
      if (middle !== undefined) expect(store.firstMatching(datasetId, asked, { down, limit: 20, after: middle })).toEqual(all.filter((id) => (down ? id < middle : id > middle)).slice(0, 20))
    }
    const few = plainly('').filter((_, i) => i % 97 === 0)
    const matching = new Set(plainly(filter))
    expect(store.matchingAmong(datasetId, asked, few.toReversed())).toEqual(few.toReversed().filter((id) => matching.has(id)))
  })
})

test('a dataset without samples has no first match', () => expect(store.firstMatching(99, parseFilter('dog'), { limit: 5 })).toEqual([]))
