import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { unigramFile } from '@/lib/caption/tokenizer-fixture'
import { freshHome } from '@/lib/testing'

let home: string
let remove: () => Promise<void>
let dataset: number

beforeAll(async () => {
  ;({ home, remove } = await freshHome())
  const { createDataset } = await import('@/lib/dataset/store')
  const { insertCaptions } = await import('@/lib/caption/store')
  const { raiseFlags } = await import('@/lib/flag/store')
  const { bulk, now } = await import('@/lib/db')
  dataset = (await createDataset({ name: 'measured' })).id
  const other = (await createDataset({ name: 'other' })).id
  const sql = bulk()
  const sample = (owner: number, key: string) => Number(sql.prepare(`INSERT INTO Sample (datasetId, key, position) VALUES (?, ?, 0)`).run(owner, key).lastInsertRowid)
  const run = Number(sql.prepare(`INSERT INTO Run (datasetId, captioner, model, recipe, recipeVersion, kind, fingerprint, spent, createdAt) VALUES (?, 'openai', 'vl', 'short', 2, 'short', 'f', 3, ?)`).run(dataset, now()).lastInsertRowid)
  insertCaptions([{ datasetId: other, sampleId: sample(other, 'x'), kind: 'alt', origin: 'source', text: 'not of this dataset' }])
  for (let i = 0; i < 40; i++) {
    const sampleId = sample(dataset, `k${i}`)
    insertCaptions([{ datasetId: dataset, sampleId, kind: 'alt', origin: 'source', text: `Thing ${i} by Ada Lovelace in Vienna` }])
    const [id] = insertCaptions([{ datasetId: dataset, sampleId, kind: 'short', origin: 'model', model: 'vl', recipe: 'short@2', runId: run, text: `a photo of thing ${i}` }])
    if (i < 10) sql.prepare(`UPDATE Caption SET standing = 'approved', version = 1 WHERE id = ?`).run(id)
    if (i >= 10 && i < 14) {
      sql.prepare(`UPDATE Caption SET standing = 'rejected', version = 1 WHERE id = ?`).run(id)
      sql.prepare(`INSERT INTO Verdict (datasetId, captionId, sampleId, decision, reasons, reviewer, createdAt) VALUES (?, ?, ?, 'reject', '["invented"]', 'eve', ?)`).run(dataset, id, sampleId, now())
    }
    if (i === 14) insertCaptions([{ datasetId: dataset, sampleId, kind: 'short', origin: 'human', parentId: id, text: `a photo of thing ${i} by Ada Lovelace` }])
    if (i === 15) raiseFlags([{ datasetId: dataset, sampleId, captionId: id, rule: 'same-text', evidence: 'twice', quarantine: true }])
  }
})
afterAll(() => remove())

test('a dataset is measured in one pass and read from rows', async () => {
  const { measureDataset } = await import('./run')
  const { insights } = await import('./store')
  expect(insights(dataset)).toBeNull()
  const seen: number[] = []
  expect(await measureDataset(dataset, { onProgress: (done, total) => seen.push(done / total) })).toEqual({ captions: 81 })
  expect(seen.at(-1)).toBe(1)
  const found = insights(dataset)
  expect(found?.fresh).toBe(true)
  expect(found?.kinds.map((one) => [one.id, one.summary.captions])).toEqual([['alt', 40], ['short', 41], ['short|model|vl|short@2', 40], ['short|human||', 1]])
  const short = found?.kinds[2]
  expect(short?.filter).toBe('kind:short origin:model model:vl recipe:short@2')
  expect(short?.alarms.map((alarm) => alarm.sentence)).toContain('100 % begin with “a” or “an”; the originals 0 %.')
  const { parseFilter } = await import('@/lib/sample/filter')
  for (const alarm of short?.alarms ?? []) expect(() => parseFilter(alarm.filter)).not.toThrow()
})

test('the scorecard says how the recipe fared, with its interval', async () => {
  const { insights } = await import('./store')
  const [card] = insights(dataset)?.scorecards ?? []
  expect(card).toMatchObject({ recipe: 'short@2', model: 'vl', captions: 40, decided: 15, approved: 10, edited: 1, rejected: 4, reasons: { invented: 4 }, guards: { 'same-text': 1 }, cost: 3, costPerApproved: 0.3 })
  expect(card.approval.rate).toBeCloseTo(10 / 15)
  expect(card.approval.interval[0]).toBeCloseTo(0.417, 2)
  expect(card.editDistance).toEqual({ edits: 1, median: ' by Ada Lovelace'.length, mean: ' by Ada Lovelace'.length })
})

test('what is lost is counted with examples, where a caption speaks for the sample', async () => {
  const { insights } = await import('./store')
  const lost = insights(dataset)?.lost
  expect(lost).toMatchObject({ samples: 35, losing: 35, bySort: { name: 34, place: 35 } })
  expect(lost?.top[0]).toEqual({ text: 'Vienna', sort: 'place', samples: 35, keys: ['k0', 'k1', 'k2', 'k3', 'k4'] })
})

test('tokens are counted once and kept; a new caption makes the rows old; measuring again replaces them', async () => {
  const { bulk } = await import('@/lib/db')
  const { insertCaptions } = await import('@/lib/caption/store')
  const { measureDataset } = await import('./run')
  const { insights } = await import('./store')
  expect(bulk().prepare(`SELECT count(*) FROM Caption WHERE datasetId = ? AND tokens IS NULL`).pluck().get(dataset)).toBe(0)
  const sampleId = bulk().prepare(`SELECT id FROM Sample WHERE datasetId = ? ORDER BY id LIMIT 1`).pluck().get(dataset) as number
  insertCaptions([{ datasetId: dataset, sampleId, kind: 'detailed', origin: 'human', text: 'more' }])
  expect(insights(dataset)?.fresh).toBe(false)
  await measureDataset(dataset)
  expect(insights(dataset)?.kinds.map((one) => one.id)).toContain('detailed')
  expect(insights(dataset)?.fresh).toBe(true)
  // what is written to another dataset makes nothing here old
  const foreign = bulk().prepare(`SELECT id, datasetId FROM Sample WHERE key = 'x'`).get() as { id: number; datasetId: number }
  insertCaptions([{ datasetId: foreign.datasetId, sampleId: foreign.id, kind: 'short', origin: 'human', text: 'elsewhere' }])
  expect(insights(dataset)?.fresh).toBe(true)
})

test('places in T5 are an estimate that says so, until a tokenizer file is given', async () => {
  const { encodersReady } = await import('@/lib/caption/encoders')
  const { measureDataset } = await import('./run')
  const { insights } = await import('./store')
  const short = () => insights(dataset)?.kinds.find((one) => one.id === 'short|model|vl|short@2')?.summary
  // five words: ⌈5 · 4/3⌉ pieces and the end mark
  expect(short()).toMatchObject({ places: { t5: { mean: 8, median: 8, estimated: true }, siglip: { estimated: true } }, cut: { 't5-256': 0, 'siglip-64': 0 } })
  const folder = path.join(home, 'models', 'tokenizers')
  mkdirSync(folder, { recursive: true })
  writeFileSync(path.join(folder, 't5.json'), unigramFile([...'▁aphotofthing0123456789'].map((letter) => [letter, -1])))
  await encodersReady(true)
  expect(insights(dataset)?.fresh).toBe(false)
  await measureDataset(dataset)
  // ▁a ▁photo ▁of ▁thing ▁7: letters, a mark each, the end mark
  expect(short()?.places).toMatchObject({ t5: { median: 21, estimated: false }, siglip: { estimated: true } })
  expect(insights(dataset)?.fresh).toBe(true)
})

test('measuring stops when told to, and leaves the rows as they were', async () => {
  const { measureDataset } = await import('./run')
  const { insights } = await import('./store')
  const before = insights(dataset)
  await expect(measureDataset(dataset, { signal: AbortSignal.abort() })).rejects.toThrow()
  expect(insights(dataset)).toEqual(before)
})
