import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshHome } from '@/lib/testing'

let home: Awaited<ReturnType<typeof freshHome>>
beforeAll(async () => void (home = await freshHome()))
afterAll(() => home.remove())

test('a check raises what holds, once; withdraws what holds no longer; leaves what a person cleared', async () => {
  const { bulk } = await import('@/lib/db')
  const { createDataset, updateSettings } = await import('@/lib/dataset/store')
  const { insertCaptions } = await import('@/lib/caption/store')
  const { clearFlag, flagsOf } = await import('./store')
  const { checkDataset } = await import('./run')
  let dataset = await createDataset({ name: 'shop' })
  const ids = ['a', 'b', 'c', 'd'].map((key, position) => Number(bulk().prepare('INSERT INTO Sample (datasetId, key, position) VALUES (?, ?, ?)').run(dataset.id, key, position).lastInsertRowid))
  const alt = { datasetId: dataset.id, kind: 'alt', origin: 'source' as const }
  const [one] = insertCaptions([
    { ...alt, sampleId: ids[0], text: 'IMG_2847.jpg' },
    { ...alt, sampleId: ids[1], text: 'a brown dog asleep on a wooden bench' },
    { ...alt, sampleId: ids[2], text: 'a red barn beside a frozen lake' },
  ])
  const open = () => flagsOf(ids).map((flag) => `${bulk().prepare('SELECT key FROM Sample WHERE id = ?').pluck().get(flag.sampleId)}:${flag.rule}`).sort()

  expect(await checkDataset(dataset)).toEqual({ checked: 4, flagged: 2 })
  expect(open()).toContain('a:filename')
  expect(open()).toContain('d:empty')
  expect(open().filter((flag) => flag.startsWith('b'))).toEqual([])
  const first = open()
  await checkDataset(dataset)
  expect(open()).toEqual(first)

  insertCaptions([{ ...alt, sampleId: ids[3], text: 'a red barn beside a frozen lake' }])
  clearFlag(`filename:c${one}`, 'ada')
  await checkDataset(dataset)
  expect(open()).toEqual(expect.arrayContaining(['c:dup-alt', 'd:dup-alt']))
  expect(open()).not.toContain('a:filename')
  expect(open()).not.toContain('d:empty')

  dataset = await updateSettings(dataset.id, { rulesOff: ['dup-alt'] })
  await checkDataset(dataset)
  expect(open().some((flag) => flag.endsWith('dup-alt'))).toBe(false)
})
