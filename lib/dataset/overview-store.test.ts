import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshHome } from '@/lib/testing'

let remove: () => Promise<void>
let overview: typeof import('./overview-store').overview
let dataset: number
let empty: number

beforeAll(async () => {
  ;({ remove } = await freshHome())
  const { bulk } = await import('@/lib/db')
  const { insertCaptions } = await import('@/lib/caption/store')
  const { createDataset } = await import('./store')
  ;({ overview } = await import('./overview-store'))
  dataset = (await createDataset({ name: 'shop' })).id
  empty = (await createDataset({ name: 'empty' })).id
  const sql = bulk()
  const media = sql.prepare(`INSERT INTO Media (place, path, mime, width, height, fault) VALUES (?, ?, ?, ?, ?, ?)`)
  const sample = sql.prepare(`INSERT INTO Sample (datasetId, key, position, mediaId, meta, dropped, groupId) VALUES (?, ?, 0, ?, ?, ?, ?)`)
  const wide = Number(media.run('file', '/a', 'image/jpeg', 1200, 400, null).lastInsertRowid)
  const waiting = Number(media.run('url', 'http://x/b', null, null, null, null).lastInsertRowid)
  const broken = Number(media.run('file', '/c', 'image/png', 600, 600, 'cut off').lastInsertRowid)
  const one = Number(sample.run(dataset, 'a', wide, JSON.stringify({ license: 'CC0', shop: 'x', tags: ['t'] }), 0, 1).lastInsertRowid)
  const two = Number(sample.run(dataset, 'b', waiting, JSON.stringify({ license: 'CC-BY', shop: 'y' }), 0, 1).lastInsertRowid)
  sample.run(dataset, 'c', broken, null, 1, null)
  insertCaptions([
    { datasetId: dataset, sampleId: one, text: 'the cat is on the mat with his dog', kind: 'alt', origin: 'source' },
    { datasetId: dataset, sampleId: two, text: 'der Hund ist auf der Wiese mit einem Ball', kind: 'alt', origin: 'source' },
    { datasetId: dataset, sampleId: two, text: 'a dog', kind: 'short', origin: 'model', model: 'm' },
  ])
})
afterAll(() => remove())

test('counts what is there by kind, size, type, language and licence', async () => {
  const found = await overview(dataset)
  expect(found).toMatchObject({ samples: 3, dropped: 1, faulty: 1, withoutPicture: 0, duplicates: { near: 1, samples: 2 } })
  expect(found.captions).toEqual([{ kind: 'alt', origin: 'source', standing: 'pending', count: 2 }, { kind: 'short', origin: 'model', standing: 'pending', count: 1 }])
  expect(found.lengths.find((one) => one.kind === 'short')?.bins.find((bin) => bin.count)).toEqual({ from: 1, to: 4, count: 1 })
  expect(found.sides.filter((bin) => bin.count)).toEqual([{ from: 256, to: 512, count: 1 }, { from: 512, to: 768, count: 1 }])
  expect(found.ratios.filter((bin) => bin.count)).toEqual([{ from: 1, to: 1.34, count: 1 }, { from: 3, to: null, count: 1 }])
  expect(found.types.map((one) => one.value).sort()).toEqual(['image/jpeg', 'image/png', 'not fetched yet'])
  expect(found.languages).toEqual({ of: 3, values: [{ value: 'English', count: 1 }, { value: 'German', count: 1 }, { value: 'not clear', count: 1 }] })
  expect(found.columns.map(({ name, different }) => [name, different])).toEqual([['license', 2], ['shop', 2]])
  expect(found.licences).toEqual([{ column: 'license', values: [{ value: 'CC-BY', count: 1 }, { value: 'CC0', count: 1 }, { value: 'not said', count: 1 }] }])
})

test('an empty dataset has an overview too', async () => {
  expect(await overview(empty)).toMatchObject({ samples: 0, captions: [], lengths: [], languages: { of: 0, values: [] } })
})
