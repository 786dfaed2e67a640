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

test('what a check reports is what stands, the second time too', async () => {
  const root = path.join(home.home, 'shop')
  mkdirSync(root)
  for (const [name, alt] of [['a.png', 'IMG_2847.jpg'], ['b.png', 'a plain wall'], ['c.png', '']] as const) {
    writeFileSync(path.join(root, name), await sharp({ create: { width: 96, height: 64, channels: 3, background: name === 'a.png' ? '#a33' : name === 'b.png' ? '#36c' : '#3c6' } }).png().toBuffer())
    writeFileSync(path.join(root, name.replace('png', 'txt')), alt)
  }
  const { importNow } = await import('@/lib/import/run')
  const { datasetByName } = await import('@/lib/dataset/store')
  const { countSamples } = await import('@/lib/sample/store')
  const { checkAll } = await import('./check')
  await importNow({ source: root, dataset: 'shop', copy: false }, { trusted: true })
  const dataset = await datasetByName('shop')
  const first = await checkAll(dataset)
  expect(first).toMatchObject({ checked: 3, looked: 3, broken: 0, missing: 0, misaligned: countSamples(dataset.id, 'flag:misaligned'), duplicates: 2 })
  expect(first.flagged).toBe(countSamples(dataset.id, 'flag:filename OR flag:empty OR flag:misaligned'))
  expect(countSamples(dataset.id, 'tokens:>2')).toBe(2)
  expect(countSamples(dataset.id, 'tokens:5')).toBe(1)
  expect(await checkAll(dataset)).toEqual({ ...first, looked: 0 })
  expect(await checkAll(dataset, { filter: 'key:a' })).toMatchObject({ checked: 1, flagged: 1 })
})
