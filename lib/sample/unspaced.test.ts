import { readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshHome } from '@/lib/testing'
import { spaced, unspaced } from '@/lib/caption/unspaced'

let home: Awaited<ReturnType<typeof freshHome>>
let store: typeof import('./store')
let ground: typeof import('@/lib/db')
let captions: typeof import('@/lib/caption/store')
let datasetId = 0

const TEXTS = {
  'zh.jpg': '一只红色的猫睡在窗台上，旁边有IKEA的杯子',
  'zh2.jpg': '窗外下着雨，街上没有人',
  'ja.jpg': '夕暮れの海辺を歩く女性と小さな犬',
  'th.jpg': 'แมวสีดำนอนอยู่บนเก้าอี้ไม้',
  'km.jpg': 'ឆ្កែពណ៌ត្នោតនៅលើផ្លូវ',
  'ko.jpg': '빨간 고양이가 창가에서 자고 있다',
  'en.jpg': 'a red cat beside a 猫 sign',
}

beforeAll(async () => {
  home = await freshHome()
  ground = await import('@/lib/db')
  store = await import('./store')
  captions = await import('@/lib/caption/store')
  datasetId = (await (await import('@/lib/dataset/store')).createDataset({ name: 'scripts' })).id
  const add = ground.bulk().prepare('INSERT INTO Sample (datasetId, key, position) VALUES (?, ?, ?)')
  captions.insertCaptions(Object.entries(TEXTS).map(([key, text], i) => ({ datasetId, sampleId: Number(add.run(datasetId, key, i).lastInsertRowid), text, kind: 'alt', origin: 'source' })))
  while (captions.indexText(2) > 0);
})
afterAll(() => home.remove())

const keys = (filter: string) => store.samplePage({ datasetId, filter, limit: 20 }).samples.map((sample) => sample.key).sort().join(' ')

test.each([
  ['猫', 'en.jpg zh.jpg'],
  ['红色的猫', 'zh.jpg'],
  ['"窗台上"', 'zh.jpg'],
  ['"台窗"', ''],
  ['窗', 'zh.jpg zh2.jpg'],
  ['窗 -雨', 'zh.jpg'],
  ['IKEA', 'zh.jpg'],
  ['IKEA -猫', ''],
  ['red -猫', ''],
  ['NOT IKEA 猫', 'en.jpg'],
  ['IKEA的', 'zh.jpg'],
  ['海辺', 'ja.jpg'],
  ['小さな犬', 'ja.jpg'],
  ['แมว', 'th.jpg'],
  ['เก้าอี้', 'th.jpg'],
  ['เกาอี', ''],
  ['ឆ្កែ', 'km.jpg'],
  ['고양이가', 'ko.jpg'],
  ['"red cat"', 'en.jpg'],
  ['"a 猫 sign"', 'en.jpg'],
  ['kind:alt 猫 words:>3', 'en.jpg'],
])('%s finds “%s”', (filter, found) => expect(keys(filter)).toBe(found))

test('letters stand apart with their marks, other text stays as it is', () => {
  expect(spaced('a cat')).toBe('a cat')
  expect(spaced('猫cat')).toBe(' 猫 cat')
  expect(spaced('ก่อน').trim().split(/ +/)).toEqual(['ก่', 'อ', 'น'])
  expect(['plain', 'naïve — ok', '고양이'].map(unspaced)).toEqual([false, false, false])
})

test('what goes out of the dataset goes out of full text', () => {
  const sql = ground.bulk()
  const [id] = sql.prepare(`SELECT id FROM Sample WHERE key = 'zh2.jpg'`).pluck().all() as number[]
  sql.prepare(`INSERT INTO caption_fts (caption_fts, rowid, text) SELECT 'delete', id, text FROM Caption WHERE sampleId = ?`).run(id)
  sql.prepare(`DELETE FROM Sample WHERE id = ?`).run(id)
  expect(keys('雨')).toBe('')
  expect(sql.prepare('SELECT count(*) FROM CaptionSpaced').pluck().get()).toBe(5)
  sql.prepare(`INSERT INTO caption_chars (caption_chars, rank) VALUES ('integrity-check', 1)`).run()
})

test('a migration takes along the Chinese and Japanese that is there already', () => {
  const sql = ground.bulk()
  const before = sql.prepare(`SELECT captionId, text FROM CaptionSpaced WHERE text GLOB '*[一-鿿]*' ORDER BY captionId`).all() as { captionId: number; text: string }[]
  sql.prepare('DELETE FROM CaptionSpaced').run()
  sql.exec(readFileSync(path.resolve('prisma/migrations/20261127030001_unspaced_text/migration.sql'), 'utf8').split(/(?=INSERT INTO "CaptionSpaced")/)[1])
  expect(sql.prepare('SELECT captionId, text FROM CaptionSpaced ORDER BY captionId').all()).toEqual(before)
})
