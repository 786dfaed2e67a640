import { afterAll, beforeAll, expect, test } from 'vitest'
import { AppError } from '@/lib/errors'
import { freshHome } from '@/lib/testing'
import type { Seeded } from './testing'

const ana = { reviewer: 'Ana' }
const ben = { reviewer: 'Ben' }
let home: Awaited<ReturnType<typeof freshHome>>
let store: typeof import('./store')
let history: typeof import('./history-store')
let captions: typeof import('@/lib/caption/store')
let steps: typeof import('./step-store')
let flags: typeof import('@/lib/flag/store')
let kit: typeof import('./testing')
let ground: typeof import('@/lib/db')
let data: Seeded

beforeAll(async () => {
  home = await freshHome()
  ;[store, history, captions, steps, flags, kit, ground] = await Promise.all([import('./store'), import('./history-store'), import('@/lib/caption/store'), import('./step-store'), import('@/lib/flag/store'), import('./testing'), import('@/lib/db')])
  data = kit.seed({ samples: 40, quarantined: [9] })
})
afterAll(() => home.remove())

const caught = async (work: Promise<unknown>): Promise<AppError> => {
  const error: unknown = await work.then(() => undefined, (thrown: unknown) => thrown)
  if (!(error instanceof AppError)) throw new Error('expected an AppError')
  return error
}

test('a decision moves the standing and the version, and a stale one is refused with what is there now', async () => {
  const id = data.short[0]
  const approved = await store.decideCaption(ana, id, { decision: 'approve', version: 0 })
  expect(approved.caption).toMatchObject({ standing: 'approved', version: 1 })
  const error = await caught(store.decideCaption(ben, id, { decision: 'reject', reasons: ['wrong-count'], version: 0 }))
  expect(error.code).toBe('conflict')
  expect(error.detail?.present).toMatchObject({ id, standing: 'approved', version: 1 })
  expect(error.message).toContain('Ana')
  const rejected = await store.decideCaption(ben, id, { decision: 'reject', reasons: ['wrong-count'], note: 'two dogs', version: 1 })
  expect(rejected.caption).toMatchObject({ standing: 'rejected', version: 2 })
  const back = await store.undo(ben, rejected.verdict.id)
  expect(back.caption).toMatchObject({ standing: 'approved', version: 3 })
  expect((await caught(store.undo(ben, rejected.verdict.id))).code).toBe('conflict')
  expect((await store.redo(ben, rejected.verdict.id)).caption).toMatchObject({ standing: 'rejected', version: 4 })
  expect(history.captionHistory(id).map((one) => [one.reviewer, one.decision, one.inForce])).toEqual([
    ['Ana', 'approve', true],
    ['Ben', 'reject', true],
    ['Ben', 'undo', false],
    ['Ben', 'undo', true],
  ])
})

test('an edit makes a new caption that is approved, and undo takes it out of play', async () => {
  const id = data.short[1]
  const edit = await store.decideCaption(ana, id, { decision: 'edit', text: 'A white dog.', version: 0 })
  expect(edit.caption).toMatchObject({ standing: 'rejected', text: 'A brown dog lies on a mat, picture 1.' })
  expect(edit.made).toMatchObject({ standing: 'approved', origin: 'human', kind: 'short', parentId: id, author: 'Ana', retired: false, text: 'A white dog.' })
  const made = edit.made?.id ?? 0
  expect(ground.bulk().prepare(`SELECT c.textHash = h.hash FROM Caption c JOIN TextHash h ON h.captionId = c.id WHERE c.id = ?`).pluck().get(made)).toBe(1)
  const undone = await store.undo(ana, edit.verdict.id)
  expect(undone.caption).toMatchObject({ standing: 'pending' })
  expect(undone.made).toMatchObject({ id: made, retired: true })
  expect((await caught(store.decideCaption(ana, made, { decision: 'approve' }))).code).toBe('conflict')
  const redone = await store.redo(ana, edit.verdict.id)
  expect(redone.made).toMatchObject({ retired: false, standing: 'approved' })
  const rejected = await store.decideCaption(ben, made, { decision: 'reject', version: redone.made?.version })
  expect(rejected.caption?.standing).toBe('rejected')
  expect((await store.undo(ben, rejected.verdict.id)).caption?.standing).toBe('approved')
  expect((await caught(store.decideCaption(ana, made, { decision: 'edit', text: '  ' }))).code).toBe('invalid')
  const line = history.timeline(data.samples[1])
  expect(line.filter((one) => one.what === 'caption')).toHaveLength(3)
  expect(line.flatMap((one) => (one.what === 'verdict' ? one.verdict.decision : []))).toEqual(['edit', 'undo', 'undo', 'reject', 'undo'])
})

test('keep, drop and flag are decisions too, and undo takes each back', async () => {
  const id = data.samples[2]
  const dropped = await store.decideSample(ana, id, { decision: 'drop', reasons: ['watermark'], version: 0 })
  expect(dropped.sample).toMatchObject({ dropped: true, version: 1 })
  expect((await caught(store.decideSample(ben, id, { decision: 'keep', version: 0 }))).detail?.present).toMatchObject({ dropped: true })
  expect((await store.undo(ana, dropped.verdict.id)).sample.dropped).toBe(false)
  const flag = await store.decideSample(ana, id, { decision: 'flag', note: 'brand name' })
  expect(flag.verdict.captionId).toBe(data.alt[2])
  expect(flags.flagsOf([id])).toMatchObject([{ rule: 'flagged', evidence: 'brand name', raisedBy: 'Ana' }])
  await store.undo(ana, flag.verdict.id)
  expect(flags.flagsOf([id])).toEqual([])
  await store.redo(ana, flag.verdict.id)
  expect(flags.flagsOf([id])).toHaveLength(1)
  await store.decideSample(ben, id, { decision: 'unflag' })
  expect(flags.flagsOf([id])).toEqual([])
})

test('approving a quarantined caption answers its guards; undo holds it back again', async () => {
  const id = data.short[9]
  const approved = await store.decideCaption(ana, id, { decision: 'approve', version: 0 })
  expect(approved.caption).toMatchObject({ quarantined: false, standing: 'approved' })
  expect(flags.flagsOf([data.samples[9]])).toEqual([])
  expect((await store.undo(ana, approved.verdict.id)).caption).toMatchObject({ quarantined: true, standing: 'pending' })
  expect(flags.flagsOf([data.samples[9]])).toMatchObject([{ rule: 'refusal' }])
})

test('the same token is the same decision, also at the same time', async () => {
  const id = data.short[3]
  const given = { decision: 'approve' as const, version: 0, token: 'token-of-a-click' }
  const all = await Promise.all([1, 2, 3, 4].map(() => store.decideCaption(ana, id, given)))
  expect(new Set(all.map((one) => one.verdict.id)).size).toBe(1)
  expect(all.filter((one) => one.repeated)).toHaveLength(3)
  expect(captions.captionById(id).version).toBe(1)
  expect((await caught(store.decideCaption(ana, data.short[4], given))).code).toBe('invalid')
})

test('undo and redo walk through 500 steps and stop at both ends', async () => {
  const many = kit.seed({ samples: 50, name: 'many' })
  const made: number[] = []
  for (let i = 0; i < 500; i++) {
    const id = many.short[i % 50]
    const decision = (['approve', 'reject', 'clear', 'flag', 'unflag'] as const)[(i * 7 + Math.floor(i / 50)) % 5]
    made.push((await store.decideCaption(ana, id, { decision })).verdict.id)
  }
  const after = captions.captionsOf(many.samples).map((one) => one.standing)
  for (let i = 499; i >= 0; i--) {
    const turned = await steps.undoLast(ana, many.datasetId)
    expect('decision' in turned && turned.decision.verdict.undoesId).toBe(made[i])
  }
  expect((await caught(steps.undoLast(ana, many.datasetId))).code).toBe('not_found')
  expect(new Set(captions.captionsOf(many.samples).map((one) => one.standing))).toEqual(new Set(['pending']))
  expect(flags.flagsOf(many.samples)).toEqual([])
  for (let i = 0; i < 500; i++) await steps.redoLast(ana, many.datasetId)
  expect((await caught(steps.redoLast(ana, many.datasetId))).code).toBe('not_found')
  expect(captions.captionsOf(many.samples).map((one) => one.standing)).toEqual(after)
  await steps.undoLast(ana, many.datasetId)
  await store.decideCaption(ana, many.short[0], { decision: 'approve' })
  expect((await caught(steps.redoLast(ana, many.datasetId))).code).toBe('not_found')
}, 240_000)

test('a caption of 100,000 characters and hostile text come back as they went in', async () => {
  const text = `<script>alert(1)</script> \u202Eabc \u05D0 ${'x'.repeat(100_000)}`
  const edit = await store.decideCaption(ana, data.short[5], { decision: 'edit', text, version: 0 })
  expect(captions.captionById(edit.made?.id ?? 0).text).toBe(text)
})

test('a caption that is gone is not found', async () => {
  expect((await caught(store.decideCaption(ana, 99_999_999, { decision: 'approve', version: 0 }))).code).toBe('not_found')
  expect((await caught(store.decideSample(ana, 99_999_999, { decision: 'drop' }))).code).toBe('not_found')
})

test('progress counts samples with nothing left to decide', () => {
  const now = history.progress(data.datasetId)
  expect(now.samples).toBe(40)
  expect(now.decided).toBe(4)
  expect(now.reviewers.map((one) => one.reviewer)).toEqual(['Ana', 'Ben'])
})
