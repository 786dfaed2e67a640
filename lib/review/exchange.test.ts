import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshHome } from '@/lib/testing'
import { parseDecision } from './exchange'

const [ana, ben] = [{ reviewer: 'Ana' }, { reviewer: 'Ben' }]
let home: Awaited<ReturnType<typeof freshHome>>
let exchange: typeof import('./exchange-store')
let history: typeof import('./history-store')
let store: typeof import('./store')
let captions: typeof import('@/lib/caption/store')
let run: typeof import('./run')
let kit: typeof import('./testing')
let ground: typeof import('@/lib/db')

beforeAll(async () => {
  home = await freshHome()
  ;[exchange, history, store, captions, run, kit, ground] = await Promise.all([import('./exchange-store'), import('./history-store'), import('./store'), import('@/lib/caption/store'), import('./run'), import('./testing'), import('@/lib/db')])
})
afterAll(() => home.remove())

const twin = (name: string) => kit.seed({ samples: 6, name })

test('decisions travel: merged once, conflicts listed, none lost, undone as one step', async () => {
  const here = twin('here')
  const there = twin('there')
  await store.decideCaption(ben, there.short[0], { decision: 'approve', note: 'fine' })
  await store.decideCaption(ben, there.short[1], { decision: 'edit', text: 'A cat.' })
  await store.decideCaption(ben, there.short[2], { decision: 'reject', reasons: ['invented'] })
  const undone = await store.decideCaption(ben, there.short[3], { decision: 'reject' })
  await store.undo(ben, undone.verdict.id)
  await store.decideSample(ben, there.samples[4], { decision: 'drop', reasons: ['unsafe'] })
  await new Promise((done) => setTimeout(done, 5))
  await store.decideCaption(ana, here.short[2], { decision: 'approve' })
  const lines = [...exchange.exportDecisions(there.datasetId)]
  expect(lines).toHaveLength(4)

  const merged = await exchange.importDecisions(ana, here.datasetId, [...lines, JSON.stringify({ ...(JSON.parse(lines[0]) as object), id: 'another-one', key: 'nowhere.jpg' })])
  expect(merged).toMatchObject({ added: 4, repeated: 0, unknown: [{ line: 5, key: 'nowhere.jpg' }] })
  expect(merged.conflicts).toMatchObject([{ key: '0000002.jpg', theirs: { reviewer: 'Ben', decision: 'reject' }, ours: { reviewer: 'Ana', decision: 'approve' }, kept: 'ours' }])
  expect(captions.captionById(here.short[0]).standing).toBe('approved')
  expect(captions.captionById(here.short[2]).standing).toBe('approved')
  expect(history.captionHistory(here.short[2]).map((one) => [one.reviewer, one.decision, one.inForce])).toEqual([['Ana', 'approve', true], ['Ben', 'reject', false], ['Ana', 'undo', true]])
  const made = captions.captionsOf([here.samples[1]]).findLast((one) => one.origin === 'human')
  expect(made).toMatchObject({ text: 'A cat.', author: 'Ben', retired: false, standing: 'approved' })
  expect(ground.bulk().prepare(`SELECT dropped FROM Sample WHERE id = ?`).pluck().get(here.samples[4])).toBe(1)

  expect(await exchange.importDecisions(ana, here.datasetId, lines)).toMatchObject({ added: 0, repeated: 4, conflicts: [] })
  expect(await exchange.importDecisions(ben, there.datasetId, [...exchange.exportDecisions(there.datasetId)])).toMatchObject({ added: 0, repeated: 4 })

  const batch = ground.bulk().prepare(`SELECT id FROM Batch WHERE act = 'import'`).pluck().get() as number
  await run.undoBatch(ana, batch)
  expect(captions.captionById(here.short[0]).standing).toBe('pending')
  expect(captions.captionsOf([here.samples[1]]).filter((one) => one.origin === 'human' && !one.retired)).toEqual([])
})

test('a bad line names its place and nothing is merged', async () => {
  expect(() => parseDecision('{', 3)).toThrow('Line 3')
  expect(() => parseDecision('{"id":"12345678"}', 4)).toThrow('Line 4')
  const data = twin('strict')
  await store.decideCaption(ben, data.short[0], { decision: 'approve' })
  const other = twin('strict-too')
  const lines = [...exchange.exportDecisions(data.datasetId)]
  await expect(exchange.importDecisions(ana, other.datasetId, [...lines, '{'])).rejects.toMatchObject({ code: 'invalid', detail: { line: 2 } })
  expect(captions.captionById(other.short[0]).standing).toBe('pending')
})

test('decisions about a text that an edit in the same file makes arrive too, and a second reading adds nothing', async () => {
  const [there, here] = [twin('editor'), twin('reader')]
  const first = await store.decideCaption(ana, there.short[0], { decision: 'edit', text: 'Her own words.' })
  const second = await store.decideCaption(ana, first.made?.id ?? -1, { decision: 'edit', text: 'Her last words.' })
  await store.decideCaption(ana, second.made?.id ?? -1, { decision: 'reject', reasons: ['invented'] })
  const lines = [...exchange.exportDecisions(there.datasetId)]
  expect(await exchange.importDecisions(ben, here.datasetId, lines)).toEqual({ added: 3, repeated: 0, unknown: [], conflicts: [] })
  const stands = (sampleId: number) => captions.captionsOf([sampleId]).filter((one) => one.kind === 'short').map(({ text, standing, retired }) => [text, standing, retired])
  expect(stands(here.samples[0])).toEqual(stands(there.samples[0]))
  expect(stands(here.samples[0]).at(-1)).toEqual(['Her last words.', 'rejected', false])
  expect(await exchange.importDecisions(ben, here.datasetId, lines)).toEqual({ added: 0, repeated: 3, unknown: [], conflicts: [] })
})

test('where our later decision overrules an edit, what was decided about its text comes along in the history', async () => {
  const [there, here] = [twin('early'), twin('late')]
  const edit = await store.decideCaption(ana, there.short[0], { decision: 'edit', text: 'Her early words.' })
  await store.decideCaption(ana, edit.made?.id ?? -1, { decision: 'reject' })
  await new Promise((done) => setTimeout(done, 5))
  await store.decideCaption(ben, here.short[0], { decision: 'approve' })
  const lines = [...exchange.exportDecisions(there.datasetId)]
  expect(await exchange.importDecisions(ben, here.datasetId, lines)).toMatchObject({ added: 2, unknown: [], conflicts: [{ kept: 'ours' }] })
  expect(captions.captionById(here.short[0]).standing).toBe('approved')
  expect(captions.captionsOf([here.samples[0]]).find((one) => one.text === 'Her early words.')).toMatchObject({ retired: true, standing: 'rejected' })
  expect(await exchange.importDecisions(ben, here.datasetId, lines)).toMatchObject({ added: 0, repeated: 2, unknown: [] })
})

test('a line that stands twice in a file is one decision', async () => {
  const [there, here] = [twin('double'), twin('single')]
  await store.decideCaption(ana, there.short[0], { decision: 'reject' })
  const [line] = exchange.exportDecisions(there.datasetId)
  expect(await exchange.importDecisions(ben, here.datasetId, [line, line])).toMatchObject({ added: 1, repeated: 1 })
})
