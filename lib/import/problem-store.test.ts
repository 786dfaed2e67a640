import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshHome } from '@/lib/testing'

let home: Awaited<ReturnType<typeof freshHome>>
beforeAll(async () => {
  home = await freshHome()
})
afterAll(() => home.remove())

test('a source that is read again has the problems of its last reading', async () => {
  const root = path.join(home.home, 'shop')
  mkdirSync(root)
  writeFileSync(path.join(root, 'a.png'), await sharp({ create: { width: 40, height: 30, channels: 3, background: '#a33' } }).png().toBuffer())
  const table = (...rows: string[]) => writeFileSync(path.join(root, 'metadata.jsonl'), rows.join('\n'))
  const { importNow } = await import('./run')
  const { datasetByName } = await import('@/lib/dataset/store')
  const { overview } = await import('@/lib/dataset/overview-store')
  const { problemCounts, problemPage } = await import('./problem-store')
  const bring = () => importNow({ source: root, dataset: 'shop', copy: false }, { trusted: true })

  table('{"file_name":"a.png","text":"red"}', '{"file_name":"gone.png","text":"x"}', '{"file_name":"lost.png","text":"y"}')
  const first = await bring()
  const { id: datasetId } = await datasetByName('shop')
  expect(problemCounts({ datasetId }).count).toBe(2)

  table('{"file_name":"a.png","text":"red"}', '{"file_name":"gone.png","text":"x"}')
  const second = await bring()
  expect(second).toMatchObject({ added: 0, problemCount: 1 })
  expect(problemPage({ datasetId, limit: 10 }).problems.map((one) => [one.importId, one.line])).toEqual([[second.importId, 2]])
  expect((await overview(datasetId)).problems).toBe(1)
  expect(problemCounts({ datasetId, importId: first.importId }).count).toBe(2)
})
