import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshHome } from '@/lib/testing'

let remove: () => Promise<void>
let duplicates: typeof import('./duplicate-store')
let store: typeof import('./store')
let exactCount: typeof import('./count-store').exactCount
let dataset: number
let ids: Record<string, number>

beforeAll(async () => {
  ;({ remove } = await freshHome())
  const { bulk } = await import('@/lib/db')
  const { insertCaptions } = await import('@/lib/caption/store')
  const { createDataset } = await import('@/lib/dataset/store')
  duplicates = await import('./duplicate-store')
  store = await import('./store')
  ;({ exactCount } = await import('./count-store'))
  dataset = (await createDataset({ name: 'twins' })).id
  const other = (await createDataset({ name: 'elsewhere' })).id
  const sql = bulk()
  const media = sql.prepare(`INSERT INTO Media (place, path) VALUES ('file', ?)`)
  const sample = sql.prepare(`INSERT INTO Sample (datasetId, key, position, mediaId) VALUES (?, ?, 0, ?)`)
  const shared = Number(media.run('/one').lastInsertRowid)
  ids = {}
  const add = (key: string, mediaId: number, text: string, into = dataset) => {
    ids[key] = Number(sample.run(into, key, mediaId).lastInsertRowid)
    insertCaptions([{ datasetId: into, sampleId: ids[key], text, kind: 'alt', origin: 'source' }])
  }
  add('a', shared, 'a cat')
  add('b', shared, 'a dog')
  add('c', Number(media.run('/c').lastInsertRowid), 'free shipping')
  add('d', Number(media.run('/d').lastInsertRowid), 'free shipping')
  add('e', Number(media.run('/e').lastInsertRowid), 'free shipping')
  add('f', shared, 'a cat', other)
  sql.prepare(`UPDATE Sample SET groupId = ? WHERE id IN (?, ?)`).run(ids.c, ids.c, ids.d)
})
afterAll(() => remove())

test('groups of each sort, the largest first, within one dataset', () => {
  expect(duplicates.duplicateCounts(dataset)).toEqual({ near: 1, exact: 1, text: 1 })
  const [exact] = duplicates.duplicatePage({ datasetId: dataset, way: 'exact', limit: 10 }).groups
  expect(exact).toMatchObject({ count: 2, texts: 2 })
  expect(exact.samples.map((one) => one.key)).toEqual(['a', 'b'])
  const [text] = duplicates.duplicatePage({ datasetId: dataset, way: 'text', limit: 10 }).groups
  expect(text).toMatchObject({ count: 3, kind: 'alt' })
})

test('only groups whose alt texts conflict', () => {
  expect(duplicates.duplicatePage({ datasetId: dataset, way: 'near', conflicting: true, limit: 10 }).groups).toEqual([])
  expect(duplicates.duplicatePage({ datasetId: dataset, way: 'exact', conflicting: true, limit: 10 }).groups).toHaveLength(1)
})

test.each(['near', 'exact', 'text'] as const)('the filter of a group finds all of it: %s', (way) => {
  const [group] = duplicates.duplicatePage({ datasetId: dataset, way, limit: 10 }).groups
  expect(store.countSamples(dataset, group.filter)).toBe(group.count)
})

test('pages go on behind the cursor, and a foreign cursor is refused', () => {
  const first = duplicates.duplicatePage({ datasetId: dataset, way: 'text', limit: 1 })
  expect(first.next).toBeUndefined()
  expect(duplicates.duplicatePage({ datasetId: dataset, way: 'text', limit: 1, after: `3-${first.groups[0].id}` }).groups).toEqual([])
  expect(() => duplicates.duplicatePage({ datasetId: dataset, way: 'text', limit: 1, after: 'x' })).toThrow(/cursor/)
})

test('the exact count is that of the filter', async () => {
  expect(await exactCount(dataset, '')).toBe(5)
  expect(await exactCount(dataset, '"free shipping" OR key:a')).toBe(store.countSamples(dataset, '"free shipping" OR key:a'))
  expect(await exactCount(9999, '')).toBe(0)
})

test('pictures that nobody looked at are not said to be unlike', async () => {
  expect(duplicates.picturesCompared(dataset)).toBe(false)
  const { bulk } = await import('@/lib/db')
  bulk().prepare(`UPDATE Media SET phash = '0123456789abcdef' WHERE path = '/d'`).run()
  expect(duplicates.picturesCompared(dataset)).toBe(true)
})

test('a group that was decided is gone at once, though the list was made before', async () => {
  const { bulk } = await import('@/lib/db')
  const page = () => duplicates.duplicatePage({ datasetId: dataset, way: 'near', limit: 10 }).groups.length
  expect(page()).toBe(1)
  bulk().prepare(`UPDATE Sample SET dropped = 1 WHERE id = ?`).run(ids.d)
  expect(page()).toBe(0)
  expect(duplicates.duplicateCounts(dataset).near).toBe(0)
})
