import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Captioner } from '@/lib/captioner/types'
import { AppError } from '@/lib/errors'
import { freshHome } from '@/lib/testing'
import type { RunAsked } from './schema'

// Endpoints that throttle or go away, runs that end while their calls are under way, and samples that go meanwhile.

let home: Awaited<ReturnType<typeof freshHome>>
let kit: typeof import('./testing')
let store: typeof import('./store')
let rollback: typeof import('./rollback-store')
let progress: typeof import('./progress-store')
let engine: typeof import('./run')
let request: typeof import('./start')
let sql: ReturnType<typeof import('@/lib/db').bulk>
beforeAll(async () => {
  home = await freshHome()
  kit = await import('./testing')
  store = await import('./store')
  rollback = await import('./rollback-store')
  progress = await import('./progress-store')
  engine = await import('./run')
  request = await import('./start')
  sql = (await import('@/lib/db')).bulk()
})
afterAll(() => home.remove())

const never = new AbortController().signal
let n = 0
const dataset = async (count: number) => {
  await kit.seedDataset(`u${++n}`, count)
  return `u${n}`
}
/** Every captioner has an id of its own, so that no limiter or breaker is shared. */
const voice = (script?: Parameters<typeof kit.scripted>[0]) => kit.scripted(script, `unruly-${++n}`)
const start = async (asked: RunAsked, captioner: Captioner): Promise<number> => (await request.requestRun({ ...asked, captioner: captioner.id }, { captioner })).run
const execute = (runId: number, captioner: Captioner) => engine.executeRun(runId, { signal: never, owner: 'me', voices: { captioner } })
const captions = (runId: number) => sql.prepare(`SELECT count(*) AS written, coalesce(sum(retiredAt IS NULL), 0) AS live FROM Caption WHERE runId = ?`).get(runId)
const refused = () => new AppError('refused', 'The picture is not to its taste.', { detail: { cause: 'request' } })

describe('an endpoint', () => {
  it('that throttles and names no time is left alone for longer and longer, and no sample is given up', async () => {
    const captioner = voice(async () => {
      await sleep(10)
      if (Date.now() < until) throw new AppError('unavailable', 'Too many requests.', { detail: { cause: 'rate', status: 429 } })
      return undefined
    })
    const id = await start({ dataset: await dataset(12), recipe: 'short', concurrency: 8 }, captioner)
    const until = Date.now() + 2500
    await execute(id, captioner)
    expect(progress.runProgress(id)).toMatchObject({ status: 'done', done: 12, failed: 0 })
    expect(captioner.calls.length).toBeLessThan(12 + 24)
  })

  it('that is away for seconds costs no sample, also when only few are left', async () => {
    const captioner = voice(() => {
      if (Date.now() < until) throw new AppError('unavailable', 'It cannot be reached.', { detail: { cause: 'connection' } })
      return undefined
    })
    const id = await start({ dataset: await dataset(3), recipe: 'short', concurrency: 4 }, captioner)
    const until = Date.now() + 4500
    await execute(id, captioner)
    expect(progress.runProgress(id)).toMatchObject({ status: 'done', done: 3, failed: 0 })
  })

  it('that breaks off at one picture while others go well gives that one up', async () => {
    let ill: string | undefined
    const captioner = voice(async ({ request: { media } }) => {
      await sleep(30)
      const picture = Buffer.from(media).toString('base64')
      ill ??= picture
      if (picture === ill) throw new AppError('unavailable', 'It broke off.', { detail: { cause: 'connection' } })
      return undefined
    })
    const id = await start({ dataset: await dataset(60), recipe: 'short', concurrency: 4, attempts: 1 }, captioner)
    await execute(id, captioner)
    expect(progress.runProgress(id)).toMatchObject({ status: 'done', done: 59, failed: 1 })
  })

  it('that goes away again does not cost the sample that it failed before', async () => {
    let [well, until] = [0, Infinity]
    let ill: string | undefined
    const captioner = voice(async ({ request: { media } }) => {
      await sleep(10)
      const picture = Buffer.from(media).toString('base64')
      ill ??= picture
      if (picture === ill && Date.now() < until) throw new AppError('unavailable', 'It cannot be reached.', { detail: { cause: 'connection' } })
      if (++well === 9) until = Date.now() + 6000
      return undefined
    })
    const id = await start({ dataset: await dataset(10), recipe: 'short', concurrency: 2, attempts: 2 }, captioner)
    await execute(id, captioner)
    expect(progress.runProgress(id)).toMatchObject({ status: 'done', done: 10, failed: 0 })
  })

  it('is not called before its turn, though the call that waits looks around meanwhile', async () => {
    const at: number[] = []
    const captioner = voice(() => void at.push(Date.now()))
    const id = await start({ dataset: await dataset(3), recipe: 'short', concurrency: 8, rpm: 20 }, captioner)
    await execute(id, captioner)
    expect(at).toHaveLength(3)
    for (const gap of [at[1] - at[0], at[2] - at[1]]) expect(gap).toBeGreaterThan(2900)
  })
})

describe('a run', () => {
  it('that is rolled back keeps what its last calls bring out of play, and brings it back with the rest', async () => {
    const captioner = voice(async () => void (await sleep(captioner.calls.length > 4 ? 600 : 0)))
    const id = await start({ dataset: await dataset(12), recipe: 'short', concurrency: 4 }, captioner)
    const end = execute(id, captioner)
    await expect.poll(() => captioner.calls.length, { interval: 5 }).toBe(8)
    rollback.rollBackRun('Ann', id)
    await end
    expect(captions(id)).toEqual({ written: 8, live: 0 })
    rollback.undoRollBack('Ann', id)
    expect(captions(id)).toEqual({ written: 8, live: 8 })
  })

  it('that was rolled back or cancelled is not set going by a retry', async () => {
    const captioner = voice(({ n: nth }) => {
      if (nth % 2) throw refused()
      return undefined
    })
    const name = await dataset(6)
    const rolled = await start({ dataset: name, recipe: 'short', concurrency: 1 }, captioner)
    await execute(rolled, captioner)
    rollback.rollBackRun('Ann', rolled)
    expect(() => store.retryFailed(rolled)).toThrow(/rolled back/)
    rollback.undoRollBack('Ann', rolled)
    expect(store.retryFailed(rolled)).toBe(3)
    store.cancelRun(rolled)
    expect(store.runStatus(rolled)).toBe('cancelled')
    expect(() => store.retryFailed(rolled)).toThrow(/cancelled for good/)
  })

  it('that is cancelled settles what was on trial', async () => {
    const captioner = voice(async () => void (await sleep(40)))
    const id = await start({ dataset: await dataset(12), recipe: 'short', concurrency: 1, keepIfBetter: [{ metric: 'words' }] }, captioner)
    const end = execute(id, captioner)
    await expect.poll(() => captioner.calls.length, { interval: 5 }).toBe(5)
    store.cancelRun(id)
    await end
    const { done, kept } = progress.runProgress(id)
    expect(done).toBeGreaterThan(3)
    expect(kept).toEqual({ fresh: done, old: 0 })
    expect(captions(id)).toEqual({ written: done, live: done })
  })

  it('notes whose each answer is, of a dry run and of one that was not accepted too; none is kept of a sample purged meanwhile', async () => {
    const { samples } = await kit.seedDataset(`u${++n}`, 4)
    const name = `u${n}`
    const captioner = voice(({ n: call }) => (call === 1 ? { text: '   ', finish: 'stop' } : undefined))
    const before = sql.prepare('SELECT coalesce(max(id), 0) FROM Answer').pluck().get()
    await (await import('./plan')).planRun({ dataset: name, recipe: 'short', captioner: captioner.id }, { samples: 2, voices: { captioner } })
    await execute(await start({ dataset: name, recipe: 'short' }, captioner), captioner)
    const noted = () => sql.prepare('SELECT sampleId FROM Answer WHERE id > ? ORDER BY sampleId').pluck().all(before) as number[]
    expect(captioner.calls).toHaveLength(5)
    expect(noted()).toHaveLength(5)
    expect([...new Set(noted())]).toEqual(samples)
    const answers = await import('./answer-store')
    const answer = { text: 'too late', finish: 'stop' as const, evidence: null, inputTokens: 0, outputTokens: 0, cost: 0 }
    answers.keepAnswer('late', answer, null, 1e9)
    expect(noted()).toHaveLength(5)
  })
})
