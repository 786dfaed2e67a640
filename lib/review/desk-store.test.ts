import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshHome } from '@/lib/testing'

let remove: () => Promise<void>
let desk: typeof import('./desk-store')
let store: typeof import('./store')
let seeded: import('./testing').Seeded
const ada = { reviewer: 'ada' }

beforeAll(async () => {
  remove = (await freshHome()).remove
  desk = await import('./desk-store')
  store = await import('./store')
  seeded = (await import('./testing')).seed({ samples: 6 })
})
afterAll(() => remove())

const keys = (all = false) => desk.deskPage({ datasetId: seeded.datasetId, order: 'imported', every: 0, all }).items.map((item) => Number.parseInt(item.sample.key, 10))

test('offers what is left to decide, and everything on request', async () => {
  expect(keys()).toEqual([0, 1, 2, 3, 4, 5])
  await store.decideCaption(ada, seeded.short[1], { decision: 'approve' })
  await store.decideSample(ada, seeded.samples[2], { decision: 'drop', reasons: ['watermark'] })
  expect(keys()).toEqual([0, 3, 4, 5])
  expect(keys(true)).toEqual([0, 1, 2, 3, 4, 5])
  expect(desk.deskCount(seeded.datasetId, '')).toEqual({ total: 6, decided: 2, capped: false })
  expect(desk.deskCount(seeded.datasetId, 'dropped:yes')).toEqual({ total: 1, decided: 1, capped: false })
})

test('a sample brings its captions with their tokens; an unknown one is told', () => {
  const item = desk.deskSample(seeded.datasetId, '0000000.jpg')
  expect(item.sample.captions.map((caption) => [caption.kind, typeof caption.tokens])).toEqual([['alt', 'number'], ['short', 'number']])
  expect(() => desk.deskSample(seeded.datasetId, 'no')).toThrow('There is no sample “no”')
})

test('a filter with a mistake is told by its own position', () => {
  expect(() => desk.deskPage({ datasetId: seeded.datasetId, order: 'imported', filter: 'colour:red' })).toThrow('character 1')
})
