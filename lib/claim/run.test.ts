import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Sight } from '@/lib/captioner/builtin/sight'
import { freshHome } from '@/lib/testing'

let home: Awaited<ReturnType<typeof freshHome>>
let run: typeof import('./run')
let store: typeof import('./store')
let data: typeof import('@/lib/dataset/store')
let sights: typeof import('@/lib/captioner/builtin/sight-store')
let kit: typeof import('@/lib/recaption/testing')
let database: typeof import('@/lib/db')

const lawn: Sight = { width: 8, height: 8, type: 'photo', graphicScore: -1, blackAndWhite: false, brightness: 120, palette: [], objects: [], classes: {}, scene: { grass: 0.9, snow: 0.01 }, sceneShare: { grass: 0.5 }, lines: [], textArea: 0 }

beforeAll(async () => {
  home = await freshHome()
  ;[run, store, data, sights, kit, database] = await Promise.all([import('./run'), import('./store'), import('@/lib/dataset/store'), import('@/lib/captioner/builtin/sight-store'), import('@/lib/recaption/testing'), import('@/lib/db')])
})
afterAll(() => home.remove())

async function seeded(name: string, texts: readonly string[]) {
  const { id } = await kit.seedDataset(name, texts.length, { alt: (n) => texts[n - 1] })
  for (const media of database.bulk().prepare('SELECT mediaId FROM Sample WHERE datasetId = ?').pluck().all(id) as number[]) sights.keepSight(media, lawn)
  const flags = () => database.bulk().prepare(`SELECT evidence FROM Flag WHERE datasetId = ? AND rule = 'misaligned' AND clearedAt IS NULL ORDER BY id`).pluck().all(id) as string[]
  const check = async () => run.checkEvidence(await data.datasetById(id))
  return { id, flags, check }
}

test('a misaligned alt text is flagged with its weightiest reasons; another threshold and a check that is off take effect with the next check', async () => {
  const { id, flags, check } = await seeded('misaligned', ['a man on skis in deep snow', 'a meadow with grass'])
  expect(await check()).toMatchObject({ looked: 0, checked: 2, misaligned: 1 })
  expect(flags()[0]).toMatch(/^alignment -\d\.\d\d: the caption says .*none found/)
  expect(await check()).toMatchObject({ checked: 0, misaligned: 1 })
  await data.updateSettings(id, { alignmentThreshold: -50 })
  expect(await check()).toMatchObject({ checked: 2, misaligned: 0 })
  expect(flags()).toEqual([])
  await data.updateSettings(id, { alignmentThreshold: -0.7, rulesOff: ['misaligned'] })
  await check()
  expect(flags()).toEqual([])
  // Switched on again it speaks of captions that were checked while it was off.
  await data.updateSettings(id, { rulesOff: [] })
  await check()
  expect(flags()).toHaveLength(1)
})

test('a sort of claims that is switched off contradicts nothing', async () => {
  const { id, check } = await seeded('silenced', ['a man on skis in deep snow'])
  const captions = database.bulk().prepare('SELECT id FROM Caption WHERE datasetId = ?').pluck().all(id) as number[]
  const against = () => store.claimsOf(captions).filter((claim) => claim.verdict === 'contradicted').length
  await check()
  expect(against()).toBeGreaterThan(0)
  await data.updateSettings(id, { rulesOff: ['claims:object'] })
  expect((await check()).misaligned).toBe(0)
  expect(against()).toBe(0)
  expect(store.claimsOf(captions)[0].evidence.says).toContain('switched off')
})

test('the word model never raises a flag by itself', async () => {
  const { judge } = await import('./judge')
  const { RateCounter } = await import('./presence')
  const settings = { alignmentThreshold: -0.7, rulesOff: [] }
  const about = (value: number) => judge({ captionId: 1, sampleId: 1, text: 'a meadow with grass', alt: null }, { sight: lawn, rates: new RateCounter().rates(), settings, words: () => ({ value, words: ['meadow'] }) })
  expect(about(0).score).toBeGreaterThan(0)
  expect(about(-9)).toMatchObject({ verdict: 'aligned' })
  expect(about(-9).terms[0].says).toContain('“meadow” do not fit')
})

test('a picture behind a web address is not fetched unasked, and holds up no other', async () => {
  const { id, check } = await seeded('links', ['a man on skis in deep snow', 'a meadow with grass', 'a dog'])
  const [first, second, third] = database.bulk().prepare('SELECT mediaId FROM Sample WHERE datasetId = ? ORDER BY id').pluck().all(id) as number[]
  database.bulk().prepare('DELETE FROM Sight WHERE mediaId IN (?, ?)').run(first, second)
  const at = database.bulk().prepare(`UPDATE Media SET place = ?, path = ?, member = NULL, sha256 = NULL WHERE id = ?`)
  at.run('url', 'https://nowhere.invalid/1.jpg', first)
  expect(store.unseen(database.bulk().prepare('SELECT id FROM Sample WHERE datasetId = ? ORDER BY id').pluck().all(id) as number[])).toEqual([second])
  at.run('file', '/gone/from/here.jpg', second)
  expect(await check()).toMatchObject({ looked: 0, checked: 1 })
  const faults = database.bulk().prepare('SELECT fault IS NOT NULL FROM Media WHERE id IN (?, ?, ?) ORDER BY id').pluck().all(first, second, third)
  expect(faults).toEqual([0, 1, 0])
})
