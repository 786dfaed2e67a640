import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freshHome } from '@/lib/testing'

let home: Awaited<ReturnType<typeof freshHome>>
let store: typeof import('./store')
let facets: typeof import('./facet-store')
let datasetId = 0

beforeAll(async () => {
  home = await freshHome()
  store = await import('./store')
  facets = await import('./facet-store')
  const { bulk } = await import('@/lib/db')
  const { createDataset } = await import('@/lib/dataset/store')
  const { insertCaptions, indexText } = await import('@/lib/caption/store')
  const { raiseFlags } = await import('@/lib/flag/store')
  datasetId = (await createDataset({ name: 'shop' })).id
  const add = (n: number, meta?: object) =>
    Number(bulk().prepare('INSERT INTO Sample (datasetId, key, position, meta) VALUES (?, ?, ?, ?)').run(datasetId, `s${n}.jpg`, n, meta ? JSON.stringify(meta) : null).lastInsertRowid)
  const base = { datasetId, kind: 'alt', origin: 'source' as const }
  const one = add(1, { licence: 'CC0', score: 3 })
  const two = add(2, { licence: 'CC BY' })
  const three = add(3)
  insertCaptions([
    { ...base, sampleId: one, text: 'free shipping' },
    { ...base, sampleId: one, text: 'a brown dog asleep on a bench', kind: 'short', origin: 'model', standing: 'approved', recipe: 'short@1', model: 'm' },
    { ...base, sampleId: two, text: 'A dog and a cat' },
    { ...base, sampleId: two, text: 'two animals', kind: 'short', origin: 'model', recipe: 'short@1', model: 'm' },
    { ...base, sampleId: three, text: '"off" — naïve' },
  ])
  indexText()
  raiseFlags([{ datasetId, sampleId: one, rule: 'price-or-cta', evidence: '“free shipping”' }])
})
afterAll(() => home.remove())

const keys = (filter: string) => store.samplePage({ datasetId, filter, limit: 10 }).samples.map((sample) => sample.key)

describe('what a filter finds', () => {
  test.each([
    ['', 's1.jpg s2.jpg s3.jpg'],
    ['dog', 's1.jpg s2.jpg'],
    ['kind:alt dog', 's2.jpg'],
    ['"brown dog"', 's1.jpg'],
    ['kind:short standing:pending', 's2.jpg'],
    ['kind:short -standing:pending', 's1.jpg'],
    ['-standing:approved', 's2.jpg s3.jpg'],
    ['flag:price-or-cta', 's1.jpg'],
    ['missing:short', 's3.jpg'],
    ['kind:alt words:<4', 's1.jpg s3.jpg'],
    ['meta.licence:CC0 OR meta.licence:"CC BY"', 's1.jpg s2.jpg'],
    ['meta.score:>=3', 's1.jpg'],
    ['recipe:short', 's1.jpg s2.jpg'],
    ['key:s_', ''],
    ['key:3.jpg', 's3.jpg'],
    ['naive', 's3.jpg'],
    ['"—"', 's3.jpg'],
    ['"off\\" OR c:dog"', ''],
    ['NOT (dog OR missing:short)', ''],
  ])('%s → %s', (filter, expected) => expect(keys(filter).join(' ')).toBe(expected))

  test('pages by key in every order, once each', () => {
    for (const sort of ['imported', 'newest', 'key', 'shortest', 'longest', 'suspicious', 'aligned', 'duplicates'] as const) {
      const seen: string[] = []
      let after: string | undefined
      do {
        const page = store.samplePage({ datasetId, limit: 1, after, sort })
        seen.push(...page.samples.map((sample) => sample.key))
        after = page.next
      } while (after)
      expect([...seen].sort()).toEqual(['s1.jpg', 's2.jpg', 's3.jpg'])
    }
  })

  test('counts, caps and walks all that match', () => {
    expect(store.countSamples(datasetId, 'dog')).toBe(2)
    expect(store.countSamples(datasetId, '', 2)).toBe(3)
    expect([...store.matchingIds(datasetId, '', 2)].map((ids) => ids.length)).toEqual([2, 1])
  })

  test('facets count samples, and say when they were capped', () => {
    const all = facets.facetCounts(datasetId)
    expect(all.total).toEqual({ count: 3, capped: false })
    expect(all.values.kind).toEqual([{ value: 'alt', count: 3 }, { value: 'short', count: 2 }])
    expect(all.values.flag).toEqual([{ value: 'price-or-cta', count: 1 }])
    expect(all.bins.words.find((bin) => bin.label === '1–3')?.count).toBe(2)
    expect(facets.facetCounts(datasetId, '', { cap: 2 }).total).toEqual({ count: 2, capped: true })
  })

  test('a cursor that is not ours is refused', () => expect(() => store.samplePage({ datasetId, limit: 1, after: 'x' })).toThrow('not a cursor'))
})
