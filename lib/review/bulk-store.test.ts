import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AppError } from '@/lib/errors'
import { freshHome } from '@/lib/testing'
import type { BulkInput } from './bulk-store'

const ana = { reviewer: 'Ana' }
let home: Awaited<ReturnType<typeof freshHome>>
let step: typeof import('./bulk-store')
let run: typeof import('./run')
let batch: typeof import('./batch-store')
let store: typeof import('./store')
let steps: typeof import('./step-store')
let kit: typeof import('./testing')
let replace: typeof import('./replace-store')
let ground: typeof import('@/lib/db')

beforeAll(async () => {
  home = await freshHome()
  ;[step, run, batch, store, steps, kit, replace, ground] = await Promise.all([import('./bulk-store'), import('./run'), import('./batch-store'), import('./store'), import('./step-store'), import('./testing'), import('./replace-store'), import('@/lib/db')])
})
afterAll(() => home.remove())

const input = (given: Partial<BulkInput>) => step.BulkInput.parse({ act: 'approve', ...given })
const standings = (datasetId: number, kind = 'short') =>
  Object.fromEntries(ground.bulk().prepare(`SELECT standing, count(*) FROM Caption WHERE datasetId = ? AND kind = ? GROUP BY standing ORDER BY standing`).raw().all(datasetId, kind) as [string, number][])

test('what the preview counts is what is done, and undo takes it back as one step', async () => {
  const data = kit.seed({ samples: 30, name: 'small', human: [3, 4], quarantined: [5] })
  await store.decideCaption(ana, data.short[0], { decision: 'reject' })
  const preview = await step.previewBulk(data.datasetId, input({}))
  expect(preview).toEqual({ samples: 30, count: 26, human: 2, quarantined: 1 })
  const done = await step.runBulk(ana, data.datasetId, input({ expect: 26 }))
  expect(done).toMatchObject({ act: 'approve', status: 'closed', applied: true, count: 26, undone: false })
  expect(standings(data.datasetId)).toEqual({ approved: 26, pending: 5, rejected: 1 })
  const turned = await steps.undoLast(ana, data.datasetId)
  expect('batch' in turned).toBe(true)
  expect(standings(data.datasetId)).toEqual({ pending: 31, rejected: 1 })
  await steps.undoLast(ana, data.datasetId)
  expect(standings(data.datasetId)).toEqual({ pending: 32 })
  await steps.redoLast(ana, data.datasetId)
  await steps.redoLast(ana, data.datasetId)
  expect(standings(data.datasetId)).toEqual({ approved: 26, pending: 5, rejected: 1 })
})

test('a preview that no longer holds stops the step', async () => {
  const data = kit.seed({ samples: 3, name: 'moved' })
  const error = (await step.runBulk(ana, data.datasetId, input({ expect: 2 })).catch((thrown: unknown) => thrown)) as AppError
  expect(error.code).toBe('conflict')
  expect(standings(data.datasetId)).toEqual({ pending: 3 })
  expect(ground.bulk().prepare(`SELECT DISTINCT version FROM Caption WHERE datasetId = ?`).pluck().all(data.datasetId)).toEqual([0])
})

test('flag, drop and clear all that match, each undone as one step', async () => {
  const data = kit.seed({ samples: 10, name: 'acts' })
  const flags = () => ground.bulk().prepare(`SELECT count(*) FROM Flag WHERE datasetId = ? AND clearedAt IS NULL`).pluck().get(data.datasetId)
  const dropped = () => ground.bulk().prepare(`SELECT sum(dropped) FROM Sample WHERE datasetId = ?`).pluck().get(data.datasetId)
  await step.runBulk(ana, data.datasetId, input({ act: 'flag' }))
  expect(flags()).toBe(10)
  await steps.undoLast(ana, data.datasetId)
  expect(flags()).toBe(0)
  await step.runBulk(ana, data.datasetId, input({ act: 'drop', reasons: ['rights'], filter: 'key:0000003.jpg' }))
  expect(dropped()).toBe(1)
  await steps.undoLast(ana, data.datasetId)
  expect(dropped()).toBe(0)
  await step.runBulk(ana, data.datasetId, input({ act: 'approve' }))
  await step.runBulk(ana, data.datasetId, input({ act: 'clear' }))
  expect(standings(data.datasetId)).toEqual({ pending: 10 })
  await steps.undoLast(ana, data.datasetId)
  expect(standings(data.datasetId)).toEqual({ approved: 10 })
})

test('a person who looks after the bulk step has the last word, also when the step is undone', async () => {
  const data = kit.seed({ samples: 4, name: 'last-word' })
  const done = await step.runBulk(ana, data.datasetId, input({}))
  await store.decideCaption({ reviewer: 'Ben' }, data.short[0], { decision: 'reject', version: 1 })
  await run.undoBatch(ana, done.id)
  expect(standings(data.datasetId)).toEqual({ pending: 3, rejected: 1 })
  await run.redoBatch(ana, done.id)
  expect(standings(data.datasetId)).toEqual({ approved: 3, rejected: 1 })
  expect(await run.undoBatch(ana, done.id)).toMatchObject({ act: 'approve', undone: true })
  await expect(run.undoBatch(ana, done.id)).rejects.toMatchObject({ code: 'conflict' })
})

test('one decision taken back uncovers what a bulk step said, while that step is in force', async () => {
  const data = kit.seed({ samples: 2, name: 'uncover' })
  const done = await step.runBulk(ana, data.datasetId, input({}))
  const [one, two] = await Promise.all(data.short.map((id) => store.decideCaption({ reviewer: 'Ben' }, id, { decision: 'reject' })))
  expect((await store.undo({ reviewer: 'Ben' }, one.verdict.id)).caption?.standing).toBe('approved')
  await run.undoBatch(ana, done.id)
  expect((await store.undo({ reviewer: 'Ben' }, two.verdict.id)).caption?.standing).toBe('pending')
  await run.redoBatch(ana, done.id)
  expect(standings(data.datasetId)).toEqual({ approved: 2 })
})

test('find and replace makes edits that stand where their parents stood, and undo takes all back', async () => {
  const data = kit.seed({ samples: 12, name: 'replace', human: [1], quarantined: [2] })
  await store.decideCaption(ana, data.short[0], { decision: 'approve' })
  const given = replace.ReplaceInput.parse({ find: 'Brown Dog', replace: 'terrier', ignoreCase: true })
  const preview = await replace.previewReplace(data.datasetId, given)
  expect(preview).toMatchObject({ samples: 12, count: 10, human: 0, quarantined: 1, unfit: 0 })
  expect(preview.examples[0]).toMatchObject({ captionId: data.short[0], key: '0000000.jpg', after: 'A terrier lies on a mat, picture 0.' })
  const done = await replace.runReplace(ana, data.datasetId, { ...given, expect: 10 })
  expect(done).toMatchObject({ act: 'replace', count: 10 })
  const texts = () => ground.bulk().prepare(`SELECT text, standing FROM Caption WHERE datasetId = ? AND origin = 'human' AND retiredAt IS NULL AND parentId IS NOT NULL ORDER BY id`).all(data.datasetId) as { text: string; standing: string }[]
  expect(texts()).toHaveLength(10)
  expect(texts()[0]).toEqual({ text: 'A terrier lies on a mat, picture 0.', standing: 'approved' })
  expect(texts()[1].standing).toBe('pending')
  expect(await step.previewBulk(data.datasetId, input({ filter: 'terrier' }))).toMatchObject({ samples: 10 })
  await steps.undoLast(ana, data.datasetId)
  expect(texts()).toEqual([])
  expect(standings(data.datasetId)).toMatchObject({ approved: 2 })
  await steps.redoLast(ana, data.datasetId)
  expect(texts()).toHaveLength(10)
  const again = replace.ReplaceInput.parse({ find: '^.*person.*$', replace: '', regex: true })
  expect(await replace.previewReplace(data.datasetId, again)).toMatchObject({ count: 0, human: 1 })
})

test('killed before it closed, nothing happened; killed after, the start goes on', async () => {
  const data = kit.seed({ samples: 1200, name: 'crash' })
  const verdict = (i: number) => ({ datasetId: data.datasetId, captionId: data.short[i], sampleId: data.samples[i], decision: 'approve' as const, reviewer: 'Ana' })
  const all = data.short.map((_, i) => verdict(i))

  const dead = await batch.openBatch(ana, { datasetId: data.datasetId, act: 'approve', spec: {} })
  await batch.addToBatch(dead, () => all)
  expect(await run.recoverBatches()).toBe(0)
  expect(batch.batchById(dead).status).toBe('open')
  ground.bulk().prepare(`UPDATE Batch SET beatAt = beatAt - 120000 WHERE id = ?`).run(dead)
  await run.recoverBatches()
  expect(batch.batchById(dead).status).toBe('failed')
  expect(standings(data.datasetId)).toEqual({ pending: 1200 })
  await expect(batch.addToBatch(dead, () => all.slice(0, 1))).rejects.toMatchObject({ code: 'unavailable' })
  await expect(batch.closeBatch(dead, 1)).rejects.toMatchObject({ code: 'unavailable' })

  const cut = await batch.openBatch(ana, { datasetId: data.datasetId, act: 'approve', spec: {} })
  await batch.addToBatch(cut, () => all)
  await batch.closeBatch(cut, all.length)
  await batch.applySome(cut, 500)
  expect(standings(data.datasetId)).toEqual({ approved: 500, pending: 700 })
  expect(await Promise.all([run.recoverBatches(), run.recoverBatches()])).toEqual([1, 1])
  expect(standings(data.datasetId)).toEqual({ approved: 1200 })
  // Two went on at once, yet each standing followed once.
  expect(ground.bulk().prepare(`SELECT DISTINCT version FROM Caption WHERE datasetId = ? AND kind = 'short'`).pluck().all(data.datasetId)).toEqual([1])
})

test('100,000 samples in under 10 s, and no single transaction holds the database for long', async () => {
  const data = kit.seed({ samples: 100_000, name: 'large' })
  const held: number[] = []
  const watch = ground.bulk()
  const original = watch.transaction.bind(watch)
  watch.transaction = ((work: () => unknown) => {
    const made = original(work)
    const immediate = () => {
      const from = performance.now()
      try {
        return made.immediate()
      } finally {
        held.push(performance.now() - from)
      }
    }
    return Object.assign(() => made(), { immediate })
  }) as unknown as typeof watch.transaction
  // Seconds of this process, not of the clock: the machine may be busy with other tests.
  const spent = (since: NodeJS.CpuUsage) => (process.cpuUsage(since).user + process.cpuUsage(since).system) / 1000
  const from = process.cpuUsage()
  await step.runBulk(ana, data.datasetId, input({}))
  const took = spent(from)
  const back = process.cpuUsage()
  await steps.undoLast(ana, data.datasetId)
  const undone = spent(back)
  watch.transaction = original
  held.sort((a, b) => a - b)
  const median = held[held.length >> 1]
  expect(standings(data.datasetId)).toEqual({ pending: 100_000 })
  expect(took).toBeLessThan(10_000)
  expect(undone).toBeLessThan(10_000)
  expect(median).toBeLessThan(50)
}, 300_000)
