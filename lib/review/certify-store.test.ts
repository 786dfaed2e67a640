import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshHome } from '@/lib/testing'

const ana = { reviewer: 'Ana' }
let home: Awaited<ReturnType<typeof freshHome>>
let cert: typeof import('./certify-store')
let run: typeof import('./run')
let steps: typeof import('./step-store')
let store: typeof import('./store')
let kit: typeof import('./testing')
let ground: typeof import('@/lib/db')

beforeAll(async () => {
  home = await freshHome()
  ;[cert, run, steps, store, kit, ground] = await Promise.all([import('./certify-store'), import('./run'), import('./step-store'), import('./store'), import('./testing'), import('@/lib/db')])
})
afterAll(() => home.remove())

const approved = (datasetId: number) => ground.bulk().prepare(`SELECT count(*) FROM Caption WHERE datasetId = ? AND kind = 'short' AND standing = 'approved'`).pluck().get(datasetId)

test('an accepted plan approves the pending rest of its lot through one batch', async () => {
  const data = kit.seed({ samples: 200, name: 'good', human: [0], quarantined: [1] })
  const input = cert.PlanInput.parse({ kind: 'short', limit: 0.05, seed: 3 })
  const preview = await cert.previewPlan(data.datasetId, input)
  expect(preview).toMatchObject({ lot: 198, allowed: 0 })
  expect(preview.curve[0].accepted).toBe(1)
  const plan = await cert.openPlan(ana, data.datasetId, input)
  expect(plan).toMatchObject({ status: 'open', lot: 198, size: preview.size, looked: 0 })
  await expect(cert.openPlan(ana, data.datasetId, input)).rejects.toMatchObject({ code: 'refused' })
  await expect(cert.closePlan(ana, plan.id)).rejects.toMatchObject({ code: 'conflict' })
  const late = data.short[150]
  for (let item = cert.nextOfPlan(plan.id); item; item = cert.nextOfPlan(plan.id)) {
    expect(cert.planResult(plan.id)).toBeNull()
    await cert.decideOfPlan(ana, plan.id, item.position, { decision: 'approve' })
  }
  await store.decideCaption({ reviewer: 'Ben' }, late, { decision: 'reject' })
  const closed = await cert.closePlan(ana, plan.id)
  expect(closed.status).toBe('accepted')
  expect(cert.planResult(plan.id)).toMatchObject({ outcome: 'accepted', bad: 0, looked: plan.size })
  expect(approved(data.datasetId)).toBe(197)
  expect(await cert.closePlan(ana, plan.id)).toEqual(closed)
  await run.undoBatch(ana, closed.batchId ?? 0)
  expect(approved(data.datasetId)).toBeLessThanOrEqual(plan.size)
  await expect(cert.decideOfPlan(ana, plan.id, 0, { decision: 'reject' })).rejects.toMatchObject({ code: 'conflict' })
})

test('one bad caption too many: nothing is approved, the reasons are told, and the lot cannot be drawn again', async () => {
  const data = kit.seed({ samples: 120, name: 'bad' })
  const input = cert.PlanInput.parse({ kind: 'short', limit: 0.1, allowed: 1, seed: 1 })
  const plan = await cert.openPlan(ana, data.datasetId, input)
  for (let i = 0; i < 2; i++) {
    const item = cert.nextOfPlan(plan.id)
    await cert.decideOfPlan(ana, plan.id, item?.position ?? -1, { decision: 'reject', reasons: ['invented'] })
  }
  expect(cert.nextOfPlan(plan.id)).toBeNull()
  expect((await cert.closePlan(ana, plan.id)).status).toBe('rejected')
  expect(cert.planResult(plan.id)).toMatchObject({ outcome: 'rejected', bad: 2, reasons: { invented: 2 } })
  expect(approved(data.datasetId)).toBe(0)
  await expect(cert.openPlan(ana, data.datasetId, { ...input, seed: 2 })).rejects.toMatchObject({ code: 'refused' })
})

const look = async (planId: number, decision: 'approve' | 'reject' = 'approve') => {
  const item = cert.nextOfPlan(planId)
  await cert.decideOfPlan(ana, planId, item?.position ?? -1, { decision })
  return item?.captionId ?? -1
}

test('a look that was taken back is given again and does not count meanwhile', async () => {
  const data = kit.seed({ samples: 60, name: 'taken-back' })
  const plan = await cert.openPlan(ana, data.datasetId, cert.PlanInput.parse({ kind: 'short', limit: 0.2 }))
  const first = await look(plan.id)
  await steps.undoLast(ana, data.datasetId)
  expect(cert.planById(plan.id).looked).toBe(0)
  expect(cert.nextOfPlan(plan.id)).toMatchObject({ position: 0, captionId: first })
  await look(plan.id, 'reject')
  expect(cert.nextOfPlan(plan.id)).toBeNull()
  await steps.undoLast(ana, data.datasetId)
  for (let i = 0; i < plan.size; i++) await look(plan.id)
  await steps.undoLast(ana, data.datasetId)
  await expect(cert.closePlan(ana, plan.id)).rejects.toThrow('needs 1 looks')
  await steps.redoLast(ana, data.datasetId)
  expect((await cert.closePlan(ana, plan.id)).status).toBe('accepted')
  expect(cert.planResult(plan.id)).toMatchObject({ looked: plan.size, bad: 0 })
})

test('a caption that was looked at and that somebody rejects or edits before the plan closes is bad, in the release too', async () => {
  const data = kit.seed({ samples: 60, name: 'overruled' })
  const plan = await cert.openPlan(ana, data.datasetId, cert.PlanInput.parse({ kind: 'short', limit: 0.2, allowed: 2 }))
  const looked: number[] = []
  while (cert.nextOfPlan(plan.id)) looked.push(await look(plan.id))
  await store.decideCaption({ reviewer: 'Ben' }, looked[0], { decision: 'reject', reasons: ['invented'] })
  await store.decideCaption({ reviewer: 'Ben' }, looked[1], { decision: 'edit', text: 'What it really shows.' })
  // Two looks were spared while none could be bad any more; now they are needed.
  await expect(cert.closePlan(ana, plan.id)).rejects.toThrow('needs 2 looks')
  while (cert.nextOfPlan(plan.id)) looked.push(await look(plan.id))
  expect((await cert.closePlan(ana, plan.id)).status).toBe('accepted')
  await store.decideCaption({ reviewer: 'Ben' }, looked[2], { decision: 'reject' })
  expect(cert.planResult(plan.id)).toMatchObject({ looked: plan.size, bad: 2, reasons: { invented: 1 } })
  expect(ground.bulk().prepare(`SELECT count(*) FROM PlanItem WHERE planId = ? AND decision IN ('reject', 'edit')`).pluck().get(plan.id)).toBe(2)
})

test('too many rejections by others close a plan as not certified, and one that was overruled stays bad', async () => {
  const data = kit.seed({ samples: 60, name: 'outvoted' })
  const plan = await cert.openPlan(ana, data.datasetId, cert.PlanInput.parse({ kind: 'short', limit: 0.2, allowed: 1 }))
  const bad = await look(plan.id, 'reject')
  await store.decideCaption({ reviewer: 'Ben' }, bad, { decision: 'approve' })
  const good = await look(plan.id)
  await store.decideCaption({ reviewer: 'Ben' }, good, { decision: 'reject' })
  expect(cert.nextOfPlan(plan.id)).toBeNull()
  expect((await cert.closePlan(ana, plan.id)).status).toBe('rejected')
  expect(cert.planResult(plan.id)).toMatchObject({ outcome: 'rejected', looked: 2, bad: 2 })
})
