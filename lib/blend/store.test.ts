import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshHome } from '@/lib/testing'
import { BlendSpec } from './schema'

let remove: () => Promise<void>
let store: typeof import('./store')
let previews: typeof import('./preview-store')
let dataset: number
let ids: Record<string, number>

const spec = (part: Partial<BlendSpec> = {}) => BlendSpec.parse(part)

async function all(part: Partial<BlendSpec> = {}) {
  const { snapshot } = await import('@/lib/db')
  const view = snapshot()
  const out = new Map<string, string | null>()
  try {
    for await (const batch of store.blended(view, dataset, spec(part))) for (const { sample, blended } of batch) out.set(sample.key, blended ? blended.chosen.text : null)
  } finally {
    view.close()
  }
  return out
}

beforeAll(async () => {
  ;({ remove } = await freshHome())
  const { createDataset } = await import('@/lib/dataset/store')
  const { insertCaptions } = await import('@/lib/caption/store')
  const { raiseFlags } = await import('@/lib/flag/store')
  const { bulk } = await import('@/lib/db')
  store = await import('./store')
  previews = await import('./preview-store')
  dataset = (await createDataset({ name: 'blend' })).id
  const sample = (key: string, dropped = 0) => Number(bulk().prepare(`INSERT INTO Sample (datasetId, key, position, dropped) VALUES (?, ?, 0, ?)`).run(dataset, key, dropped).lastInsertRowid)
  const caption = (sampleId: number, kind: string, text: string, more: object = {}) => insertCaptions([{ datasetId: dataset, sampleId, kind, text, origin: kind === 'alt' ? 'source' : 'model', ...more }])[0]
  ids = {}
  for (let i = 0; i < 200; i++) {
    const id = sample(`k${i}`)
    caption(id, 'alt', `alt ${i}`)
    caption(id, 'short', `short ${i}`)
  }
  const gone = sample('dropped', 1)
  caption(gone, 'alt', 'dropped')
  const human = sample('human')
  caption(human, 'short', 'by a person', { origin: 'human' })
  caption(human, 'short', 'by a newer run')
  const held = sample('held')
  raiseFlags([{ datasetId: dataset, sampleId: held, captionId: caption(held, 'short', 'refused'), rule: 'refusal', evidence: 'I cannot', quarantine: true }])
  const blank = sample('blank')
  raiseFlags([{ datasetId: dataset, sampleId: blank, captionId: caption(blank, 'short', 'a picture'), rule: 'nothing-recognised', evidence: 'no object', quarantine: true }])
  const rejected = sample('rejected')
  caption(rejected, 'short', 'wrong', { standing: 'rejected' })
  caption(rejected, 'alt', 'its alt')
  ids = { human, held, blank, rejected }
})
afterAll(() => remove())

test('heads speak, and what is dropped, quarantined, rejected or recognised nothing does not', async () => {
  const seen = await all({ p: 1 })
  expect(seen.has('dropped')).toBe(false)
  expect(seen.get('human')).toBe('by a person')
  expect(seen.get('held')).toBeNull()
  expect(seen.get('blank')).toBeNull()
  expect(seen.get('rejected')).toBe('its alt')
  expect(seen.get('k7')).toBe('short 7')
})

test('a caption that recognised nothing is blended when asked for; one that another guard holds is not', async () => {
  const seen = await all({ p: 1, includeNothingRecognised: true })
  expect(seen.get('blank')).toBe('a picture')
  expect(seen.get('held')).toBeNull()
})

test('the quota is exact on the samples that can be released', async () => {
  const seen = [...(await all({ p: 0.3, mode: 'quota', fallback: false, filter: 'key:k' })).entries()].filter(([key]) => /^k\d/.test(key))
  const synthetic = seen.filter(([, text]) => text?.startsWith('short')).length
  expect(seen.length).toBe(200)
  expect(synthetic).toBe(60)
})

test('a filter asks the newest captions too', async () => {
  expect([...(await all({ p: 1, filter: '"newer run"' })).keys()]).toEqual([])
  store.readyForFilter('x')
  expect([...(await all({ p: 1, filter: '"newer run"' })).keys()]).toEqual(['human'])
})

test('the stored lengths predict what the pick does, and say when they are old', async () => {
  expect(previews.storedGroups(dataset, spec())).toBeNull()
  const measured = await previews.measureGroups(dataset, spec())
  expect(measured.dropped).toBe(1)
  expect(measured.empty).toBe(2)
  const { preview } = await import('./preview')
  const expected = preview(measured.groups, spec({ p: 0.5 }))
  const exact = await previews.exactCounts(dataset, spec({ p: 0.5 }))
  expect(exact.samples).toBe(202)
  expect(expected.samples).toBe(202)
  expect(Math.abs((expected.byKind.short ?? 0) - (exact.byKind.short ?? 0))).toBeLessThan(30)
  expect(exact.excluded).toEqual({ dropped: 1, nothingToSay: 2 })
  expect(previews.storedGroups(dataset, spec({ p: 0.1, seed: 9 }))?.fresh).toBe(true)
  const { insertCaptions } = await import('@/lib/caption/store')
  insertCaptions([{ datasetId: dataset, sampleId: ids.held, kind: 'short', text: 'mended', origin: 'human' }])
  expect(previews.storedGroups(dataset, spec())?.fresh).toBe(false)
})

test('twenty samples are shown as the trainer will see them', async () => {
  const seen = await previews.previewSamples(dataset, spec({ p: 0 }))
  expect(seen.length).toBe(20)
  expect(seen[0]).toMatchObject({ key: 'k0', blended: { chosen: { text: 'alt 0' }, fallback: false } })
})

test('the twenty of an exact quota get what the release gives them', async () => {
  for (const p of [0.2, 0.5, 0.8]) {
    const quota = { p, mode: 'quota' as const, seed: 5 }
    const whole = await all(quota)
    for (const { key, blended } of await previews.previewSamples(dataset, spec(quota), 200)) expect(blended?.chosen.text ?? null).toBe(whole.get(key))
  }
})

test('twenty are shown where a filter leaves as many, however close they stand', async () => {
  expect((await previews.previewSamples(dataset, spec({ filter: 'key:k11' }))).map((one) => one.key)).toEqual(['k11', ...Array.from({ length: 10 }, (_, i) => `k11${i}`)])
})

test('a blend is kept under its name', async () => {
  await previews.saveBlend(dataset, 'first', spec({ p: 0.5 }))
  await previews.saveBlend(dataset, 'first', spec({ p: 0.8 }))
  expect(await previews.savedBlends(dataset)).toEqual([{ name: 'first', spec: spec({ p: 0.8 }) }])
})

test('without fallback a weighted release holds only what a trainer can draw, however the seed falls', async () => {
  const { createDataset } = await import('@/lib/dataset/store')
  const { insertCaptions } = await import('@/lib/caption/store')
  const { bulk } = await import('@/lib/db')
  const bare = (await createDataset({ name: 'bare' })).id
  for (let i = 0; i < 20; i++) {
    const sampleId = Number(bulk().prepare(`INSERT INTO Sample (datasetId, key, position) VALUES (?, ?, 0)`).run(bare, `bare${i}`).lastInsertRowid)
    insertCaptions([{ datasetId: bare, sampleId, kind: 'alt', text: `bare ${i}`, origin: 'source' }])
  }
  const weighted = { p: 0.5, mode: 'weighted' as const }
  expect(await previews.exactCounts(bare, spec({ ...weighted, fallback: false }))).toMatchObject({ samples: 0, excluded: { nothingToSay: 20 } })
  expect((await previews.previewSamples(bare, spec({ ...weighted, fallback: false }))).map((one) => one.blended)).toEqual(Array(20).fill(null))
  expect(await previews.exactCounts(bare, spec(weighted))).toMatchObject({ samples: 20 })
  expect(await previews.exactCounts(bare, spec({ ...weighted, p: 0, fallback: false }))).toMatchObject({ samples: 20 })
})
