import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { beginsWith, CASINGS, casingOf, ENDINGS, endingOf, openingWords } from '@/lib/caption/habits'
import { freshHome } from '@/lib/testing'
import { parseFilter, term } from './filter'

let home: Awaited<ReturnType<typeof freshHome>>
let store: typeof import('./store')
let match: typeof import('./match-store')
let sql: ReturnType<typeof import('@/lib/db').bulk>
let datasetId = 0
let samples: { id: number; text: string }[] = []

/** Texts that are cased, closed and split in every way, some of them said twice. */
const texts = fc.sample(fc.oneof(
  fc.string({ unit: fc.constantFrom(...'aAİıßΣσKſ .,"\'”’)]!?…。-<=\u0301\u00a0\ufeff\u2028\n\0😀猫'), maxLength: 12 }),
  fc.tuple(fc.constantFrom('a photo', 'A Photo', '"A photo,', 'AN', ' a\tphoto', ', a'), fc.constantFrom(' of a bus', '', ' of A Bus.', ' – “stop!”', '?)')).map((parts) => parts.join('')),
), { numRuns: 3000, seed: 7 })

beforeAll(async () => {
  home = await freshHome()
  store = await import('./store')
  match = await import('./match-store')
  sql = (await import('@/lib/db')).bulk()
  const { insertCaptions, indexText } = await import('@/lib/caption/store')
  datasetId = (await (await import('@/lib/dataset/store')).createDataset({ name: 'habits' })).id
  const add = sql.prepare('INSERT INTO Sample (datasetId, key, position) VALUES (?, ?, ?)')
  samples = texts.map((text, i) => ({ text, id: Number(add.run(datasetId, `${i}.jpg`, i).lastInsertRowid) }))
  const of = (kind: string, list: typeof samples, more: object) => insertCaptions(list.map(({ id, text }) => ({ datasetId, sampleId: id, text, kind, ...more } as Parameters<typeof insertCaptions>[0][number])))
  of('short', samples, { origin: 'model', model: 'vl' })
  // What is asked speaks of one caption: this one never has the answer of the other.
  of('alt', samples.map(({ id, text }) => ({ id, text: `zebra ${text.length}` })), { origin: 'source' })
  while (indexText(5000) > 0);
})
afterAll(() => home.remove())

const found = (filter: string) => match.firstMatching(datasetId, parseFilter(filter), { limit: samples.length + 1 })
const those = (is: (text: string) => boolean) => samples.filter(({ text }) => is(text)).map(({ id }) => id)

describe('a filter asks for what insights count', () => {
  test.each(CASINGS)('casing %s', (casing) => {
    const expected = those((text) => casingOf(text) === casing)
    expect(expected.length).toBeGreaterThan(0)
    expect(found(`kind:short ${term('casing', casing)}`)).toEqual(expected)
    expect(found(`kind:short -${term('casing', casing)}`)).toEqual(those((text) => casingOf(text) !== casing))
  })
  test.each(ENDINGS)('ending %s', (ending) => {
    const expected = those((text) => endingOf(text) === ending)
    expect(expected.length).toBeGreaterThan(0)
    expect(found(`kind:short ${term('ends', ending)}`)).toEqual(expected)
    expect(found(`kind:short -${term('ends', ending)}`)).toEqual(those((text) => endingOf(text) !== ending))
  })
  test('opening words of one, two and three', () => {
    for (const count of [1, 2, 3]) {
      const all = new Set(texts.flatMap((text) => (openingWords(text, count) === null ? [] : [text.match(/\S+/g)!.slice(0, count).join(' ')])))
      for (const words of [...all].slice(0, 60)) expect(found(`kind:short ${term('begins', words)}`)).toEqual(those((text) => beginsWith(text, words)))
    }
    expect(found('kind:short (begins:a OR begins:an)')).toEqual(those((text) => ['a', 'an'].includes(openingWords(text, 1) ?? '')))
    expect(found('begins:"A PHOTO"').length).toBeGreaterThan(100)
  })
  test('a text that an earlier caption has', () => {
    const seen = new Set<string>()
    const expected = those((text) => seen.size === seen.add(text).size)
    expect(expected.length).toBeGreaterThan(100)
    expect(found('kind:short repeats:kind')).toEqual(expected)
    expect(found('kind:short repeats:writer')).toEqual(expected)
    sql.prepare(`UPDATE Caption SET model = NULL WHERE kind = 'short' AND sampleId = ?`).run(expected[0])
    expect(found('kind:short repeats:kind')).toEqual(expected)
    expect(found('kind:short repeats:writer')).not.toContain(expected[0])
    expect(found('kind:short model:none')).toEqual([expected[0]])
  })
  test('pages, counts and other connections ask the same', async () => {
    const filter = 'kind:short casing:lower ends:none'
    const expected = those((text) => casingOf(text) === 'lower' && endingOf(text) === 'none')
    const keys: number[] = []
    for (let after: string | undefined; ; ) {
      const page = store.samplePage({ datasetId, filter, limit: 70, after, sort: 'key' })
      keys.push(...page.samples.map((sample) => sample.id))
      if (!(after = page.next)) break
    }
    expect(keys.sort((a, b) => a - b)).toEqual(expected)
    expect(store.countSamples(datasetId, filter)).toBe(expected.length)
    const { snapshot } = await import('@/lib/db')
    const { whereOf } = await import('./query')
    const where = whereOf(parseFilter(filter), datasetId)
    const view = snapshot()
    expect(view.prepare(`SELECT count(*) FROM Sample s WHERE ${where.sql}`).pluck().get(...where.params)).toBe(expected.length)
    view.close()
  })
})
