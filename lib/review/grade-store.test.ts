import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freshHome } from '@/lib/testing'
import { kappaInterval } from './grade'

let home: Awaited<ReturnType<typeof freshHome>>
let cards: typeof import('./grade-store')
let settings: typeof import('./settings')
let store: typeof import('./store')
let kit: typeof import('./testing')
let database: typeof import('@/lib/db')
let datasets: typeof import('@/lib/dataset/store')
let words: typeof import('@/lib/claim/word-store')
let samples: typeof import('@/lib/sample/store')
const ana = { reviewer: 'Ana' }

beforeAll(async () => {
  home = await freshHome()
  ;[cards, settings, store, kit, database, datasets, words, samples] = await Promise.all([import('./grade-store'), import('./settings'), import('./store'), import('./testing'), import('@/lib/db'), import('@/lib/dataset/store'), import('@/lib/claim/word-store'), import('@/lib/sample/store')])
})
afterAll(() => home.remove())

const claim = (captionId: number, sort: string, verdict: string) => database.bulk().prepare(`INSERT INTO Claim (captionId, start, end, sort, text, verdict) VALUES (?, 0, 1, ?, 'x', ?)`).run(captionId, sort, verdict)
const raise = (data: { datasetId: number; samples: number[] }, at: number, captionId: number, rule: string, by = 'evidence') =>
  database.bulk().prepare(`INSERT INTO Flag (subject, datasetId, sampleId, captionId, rule, raisedBy, evidence, createdAt) VALUES (?, ?, ?, ?, ?, ?, 'why', ?)`).run(`${rule}:c${captionId}`, data.datasetId, data.samples[at], captionId, rule, `${by}:${rule}`, database.now())

describe('the report card', () => {
  test('grades the checks of claims by the reject reason that is their own', async () => {
    const data = kit.seed({ samples: 42, name: 'claims' })
    for (let i = 0; i < 42; i++) {
      claim(data.short[i], 'object', i < 10 ? 'contradicted' : 'supported')
      // 8 true finds, 2 false alarms, 2 missed, 20 quiet; the last 10 were rejected for another reason and say nothing
      const decision = i < 8 || (i >= 10 && i < 12) ? { decision: 'reject' as const, reasons: ['wrong-object' as const] } : i >= 32 ? { decision: 'reject' as const, reasons: ['language' as const] } : { decision: 'approve' as const }
      await store.decideCaption(ana, data.short[i], decision)
    }
    const card = cards.reportCard(data.datasetId).find((one) => one.rule === 'claims:object')
    expect(card).toMatchObject({ n: 32, enough: true, precision: { value: 0.8, n: 10 }, recall: { value: 0.8, n: 10 } })
    expect(card?.kappa).toBeCloseTo(1 - (4 / 32) / ((10 * 22 + 22 * 10) / 1024), 10)
    expect(card?.kappaInterval?.low).toBeGreaterThan(0.4)
  })

  test('grades what evidence raised on alt texts', async () => {
    const data = kit.seed({ samples: 31, name: 'evidence' })
    for (let i = 0; i < 4; i++) raise(data, i, data.alt[i], 'misaligned')
    for (let i = 0; i < 31; i++) await store.decideCaption(ana, data.alt[i], { decision: i < 3 ? 'reject' : 'approve' })
    expect(cards.reportCard(data.datasetId)).toMatchObject([{ rule: 'misaligned', n: 31, precision: { value: 0.75 }, recall: { value: 1 } }])
  })

  test('κ has an interval: [[20,5],[10,15]] → 0.4 ± 0.254 by Cohen’s standard error', () => {
    expect(kappaInterval([[20, 5], [10, 15]])).toEqual({ low: expect.closeTo(0.1460, 3) as number, high: expect.closeTo(0.6540, 3) as number })
    expect(kappaInterval([[0, 0], [0, 9]])).toBeNull()
  })
})

describe('a check that is switched off', () => {
  test('is out of sight at once, lets go of what it held, is graded still, and comes back', async () => {
    const data = kit.seed({ samples: 2, name: 'switched', quarantined: [0] })
    raise(data, 1, data.alt[1], 'misaligned')
    const found = (filter: string) => [...samples.matchingIds(data.datasetId, filter, 10)].flat()
    const held = () => database.bulk().prepare('SELECT quarantined FROM Caption WHERE id = ?').pluck().get(data.short[0])
    expect([found('flag:misaligned'), found('flag:refusal'), held()]).toEqual([[data.samples[1]], [data.samples[0]], 1])
    const off = await settings.changeSettings(await datasets.datasetByName('switched'), { rulesOff: ['misaligned', 'refusal'] })
    expect([found('flag:misaligned'), found('flag:refusal'), held()]).toEqual([[], [], 0])
    await store.decideCaption(ana, data.alt[1], { decision: 'reject' })
    expect(cards.reportCard(data.datasetId).find((one) => one.rule === 'misaligned')).toMatchObject({ n: 1, precision: { value: 1 } })
    await settings.changeSettings(off, { rulesOff: [] })
    expect([found('flag:misaligned'), found('flag:refusal'), held()]).toEqual([[data.samples[1]], [data.samples[0]], 1])
  })

  test('must be one that there is', async () => {
    kit.seed({ samples: 1, name: 'unknown' })
    await expect(settings.changeSettings(await datasets.datasetByName('unknown'), { rulesOff: ['mood'] })).rejects.toThrow('There is no check “mood”')
  })
})

test('the word model is switched on only where its gain was shown', async () => {
  const { datasetId } = kit.seed({ samples: 1, name: 'words' })
  const turn = async () => settings.changeSettings(await datasets.datasetByName('words'), { wordModel: true })
  await expect(turn()).rejects.toThrow('not measured')
  const gain = { pairs: 1200, rules: 0.8, alone: 0.75, both: 0.84, gain: 0.04, low: 0.02, high: 0.06, measuredAt: 'now' }
  words.keepGain(datasetId, { ...gain, pairs: 999 })
  await expect(turn()).rejects.toThrow('from 1,000 on')
  words.keepGain(datasetId, { ...gain, low: -0.01 })
  await expect(turn()).rejects.toThrow('no sure gain')
  words.keepGain(datasetId, gain)
  expect((await turn()).settings.wordModel).toBe(true)
})
