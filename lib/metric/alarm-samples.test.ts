import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshHome } from '@/lib/testing'

let remove: () => Promise<void>
let dataset: number
let found: NonNullable<ReturnType<typeof import('./store').insights>>
let count: (filter: string) => number

/** Sixty texts a scope, each scope with habits of its own; samples have one of them and an alt text. */
const SCOPES: readonly [scope: { kind: string; origin: 'source' | 'model' | 'human'; model?: string; recipe?: string }, text: (i: number) => string][] = [
  [{ kind: 'short', origin: 'model', model: 'vl' }, (i) => (i % 4 ? `"A, photo of thing ${i}."` : `Nothing ${i}`)],
  [{ kind: 'short', origin: 'model', model: 'vl', recipe: 'short@1' }, (i) => (i % 3 ? `an\u00a0old thing ${i % 7}` : `A photograph ${i}!`)],
  [{ kind: 'short', origin: 'model' }, (i) => (i % 5 ? 'THE SAME' : `a photo; ${i}`)],
  [{ kind: 'plain', origin: 'source' }, (i) => (i % 10 ? `two words${i % 9}` : `Two Words ${i}.`)],
  [{ kind: 'quoted', origin: 'human' }, (i) => `<b> bold ${i} ${'word '.repeat(i % 2 ? 90 : 1)}`],
  [{ kind: 'dotted', origin: 'human' }, (i) => `, dog ${i}…`],
]

beforeAll(async () => {
  ;({ remove } = await freshHome())
  const { createDataset } = await import('@/lib/dataset/store')
  const { insertCaptions } = await import('@/lib/caption/store')
  const { bulk } = await import('@/lib/db')
  const { parseFilter } = await import('@/lib/sample/filter')
  const { firstMatching } = await import('@/lib/sample/match-store')
  dataset = (await createDataset({ name: 'habits' })).id
  const sample = bulk().prepare(`INSERT INTO Sample (datasetId, key, position) VALUES (?, ?, 0)`)
  for (const [n, [scope, text]] of SCOPES.entries())
    for (let i = 0; i < 60; i++) {
      const sampleId = Number(sample.run(dataset, `${n}.${i}`).lastInsertRowid)
      insertCaptions([{ datasetId: dataset, sampleId, kind: 'alt', origin: 'source', text: `Thing${n * 60 + i} here!` }, { datasetId: dataset, sampleId, text: text(i), ...scope }])
    }
  await (await import('./run')).measureDataset(dataset)
  found = (await import('./store')).insights(dataset)!
  count = (filter) => firstMatching(dataset, parseFilter(filter), { limit: 10_000 }).length
})
afterAll(() => remove())

test('a scope is found by its filter, whatever else was written of the kind', () => {
  for (const one of found.kinds) expect([one.filter, count(one.filter)]).toEqual([one.filter, one.summary.captions])
  expect(found.kinds.map((one) => one.filter)).toContain('kind:short origin:model model:vl recipe:none')
})

test('every share of an alarm is that of the samples behind its link', () => {
  const seen = new Set<string>()
  for (const { id, filter, alarms } of found.kinds)
    for (const alarm of alarms) {
      const share = /^(\d+) %/.exec(alarm.sentence)?.[1]
      if (share === undefined) continue
      seen.add(alarm.id)
      expect([id, alarm.sentence, alarm.filter, String(Math.round((100 * count(alarm.filter)) / count(filter)))]).toEqual([id, alarm.sentence, alarm.filter, share])
    }
  expect([...seen].sort()).toEqual(['a-an', 'casing', 'cut', 'duplicates', 'opening', 'punctuation'])
})

test('a habit that the originals have and these have not is told of these', () => {
  const of = (id: string) => found.kinds.find((one) => one.id === id)!.alarms.map((alarm) => alarm.sentence)
  expect(of('plain')).toContain('90 % end without a full stop, “!” or “?”; the originals 0 %.')
  expect(of('plain')).toContain('90 % are all lower case; the originals 0 %.')
  expect(of('dotted')).toContain('100 % begin with “ dog”; the originals 0 %.')
})
