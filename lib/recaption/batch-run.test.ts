import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { BatchLimits } from '@/lib/captioner/endpoint-batches'
import type { EndpointServer } from '@/lib/captioner/endpoint-server'
import { freshHome } from '@/lib/testing'

let home: Awaited<ReturnType<typeof freshHome>>
let server: EndpointServer
let kit: typeof import('./testing')
let store: typeof import('./store')
let progress: typeof import('./progress-store')
let batch: typeof import('./batch-run')
let select: typeof import('./select-store')
let request: typeof import('./start')
let plan: typeof import('./plan')
/** what becomes of the nth line of a batch; taken in turn */
let outcomes: ('answer' | 'error' | 'expired')[] = []
const limits: BatchLimits = { outcome: () => outcomes.shift() ?? 'answer' }

beforeAll(async () => {
  home = await freshHome()
  kit = await import('./testing')
  store = await import('./store')
  progress = await import('./progress-store')
  batch = await import('./batch-run')
  select = await import('./select-store')
  request = await import('./start')
  plan = await import('./plan')
  const { startEndpoint } = await import('@/lib/captioner/endpoint-server')
  server = await startEndpoint({ batch: limits })
  const { saveCaptioner } = await import('@/lib/captioner/store')
  await saveCaptioner({ captioner: 'batching', label: 'Batching', preset: 'openai', baseUrl: server.baseURL, model: 'test-model', params: {}, inputPrice: 10, outputPrice: 20, concurrency: 2, perMinute: null, timeoutMs: 5000 }, 'a-key')
})
afterEach(() => {
  outcomes = []
  Object.assign(limits, { polls: undefined, fails: undefined, pollFails: undefined, answeredWhenCancelled: undefined })
})
afterAll(async () => {
  await server.close()
  await home.remove()
})

let n = 0
async function begin(count: number, more: Record<string, unknown> = {}) {
  const made = await kit.seedDataset(`b${++n}`, count, { picture: (i) => kit.pictureOf(n * 1000 + i) })
  const { run } = await request.requestRun({ dataset: `b${n}`, recipe: 'short', captioner: 'batching', batch: true, ...more })
  while (select.fillChunk(store.runById(run)));
  return { run, name: `b${n}`, ...made }
}
const work = (run: number, signal = new AbortController().signal, pollMs = 20) => batch.executeBatchRun(store.runById(run), { signal, owner: `worker-${run}`, pollMs })

describe('a run by batches', () => {
  it('writes a caption a sample at half the price, and no call by itself', async () => {
    const { run } = await begin(6)
    const calls = server.counts.calls
    expect(await work(run)).toBe('done')
    expect(server.counts.calls).toBe(calls)
    const { done, spent, batch: handed } = progress.runProgress(run)
    expect({ done, handed }).toEqual({ done: 6, handed: { open: 0, requests: 6 } })
    const { bulk } = await import('@/lib/db')
    expect(bulk().prepare(`SELECT count(*) FROM Answer a JOIN RunItem i ON i.sampleId = a.sampleId WHERE i.runId = ?`).pluck().get(run)).toBe(6)
    const full = bulk().prepare(`SELECT sum(inputTokens * 10.0 + outputTokens * 20.0) / 1000000 FROM Answer`).pluck().get() as number
    expect(spent).toBeCloseTo(full / 2, 9)
  })
  it('keeps what came, asks again for what expired, and says what was refused', async () => {
    outcomes = ['answer', 'error', 'expired', 'answer']
    const { run } = await begin(4)
    expect(await work(run)).toBe('done')
    expect(progress.runProgress(run)).toMatchObject({ done: 3, failed: 1, errorsByCause: [{ code: 'request', count: 1 }], batch: { open: 0, requests: 5 } })
  })
  it('goes on after a kill and hands nothing over twice', async () => {
    const { run } = await begin(5)
    const stop = new AbortController()
    // It hands over, asks once, and is stopped while it waits to ask again.
    const first = work(run, stop.signal, 1500)
    await expect.poll(() => progress.runProgress(run).batch).toEqual({ open: 5, requests: 5 })
    stop.abort()
    await expect(first).rejects.toThrow()
    expect(progress.runProgress(run)).toMatchObject({ status: 'running', done: 0 })
    expect(await work(run)).toBe('done')
    expect(progress.runProgress(run)).toMatchObject({ done: 5, failed: 0, batch: { open: 0, requests: 5 } })
  })
  it('holds at its budget, with nothing handed over beyond it', async () => {
    const { run } = await begin(30, { budget: 0.03 })
    expect(await work(run)).toBe('paused')
    const { spent, done, why } = progress.runProgress(run)
    expect(why).toContain('budget')
    expect(done).toBeGreaterThan(0)
    expect(done).toBeLessThan(30)
    expect(spent).toBeGreaterThan(0)
  })
  it('is planned at half the price, and refused where there are no batches', async () => {
    const { name } = await begin(40, { recipe: 'detailed' })
    const asked = { dataset: name, recipe: 'short', captioner: 'batching' }
    const alone = await plan.planRun(asked, { samples: 4, seed: 1 })
    const half = await plan.planRun({ ...asked, batch: true }, { samples: 4, seed: 2 })
    expect(half.seconds).toBeNull()
    expect(half.price?.mean ?? 0).toBeLessThan((alone.price?.mean ?? 0) * 0.7)
    await expect(request.requestRun({ dataset: name, recipe: 'short', captioner: 'builtin', batch: true })).rejects.toMatchObject({ code: 'invalid' })
  })
  it('is held with the endpoint’s own words when a batch fails, and goes on where it was', async () => {
    limits.fails = () => ({ code: 'model_not_found', message: 'The provided model is not supported by the Batch API.' })
    const { run } = await begin(4)
    expect(await work(run)).toBe('paused')
    expect(progress.runProgress(run)).toMatchObject({ why: expect.stringMatching(/not supported by the Batch API\. Mend/) as string, done: 0, failed: 0, batch: { open: 0, requests: 4 } })
    limits.fails = undefined
    store.resumeRun(run)
    expect(await work(run)).toBe('done')
  })
  it('hands less over at a time where that was too much, and is held when one request is', async () => {
    const tooMuch = { code: 'token_limit_exceeded', message: 'Enqueued token limit reached for test-model.' }
    limits.fails = (requests) => (requests > 3 ? tooMuch : undefined)
    const { run } = await begin(9)
    expect(await work(run)).toBe('done')
    // 9 and 4 are too much; 2 go through, then 4 are tried again, and so on.
    expect(progress.runProgress(run)).toMatchObject({ done: 9, failed: 0, batch: { open: 0 } })
    limits.fails = () => tooMuch
    const other = await begin(2)
    expect(await work(other.run)).toBe('paused')
    expect(progress.runProgress(other.run)).toMatchObject({ why: expect.stringMatching(/Enqueued token limit.+Resume the run later/) as string, batch: { open: 0, requests: 3 } })
  })
  it('bears an endpoint that is not well for a while, and is held by a key that is refused', async () => {
    const faults = [503, 503, undefined, 503]
    limits.pollFails = () => faults.shift()
    const { run } = await begin(3)
    expect(await work(run)).toBe('done')
    expect(faults).toEqual([])
    expect(progress.runProgress(run).batch).toEqual({ open: 0, requests: 3 })
    limits.pollFails = () => 401
    const other = await begin(2)
    expect(await work(other.run)).toBe('paused')
    expect(progress.runProgress(other.run).why).toContain('does not accept the key')
  })
  it('counts a batch once that is read twice', async () => {
    const { keepAnswer, money } = await import('./answer-store')
    const { run } = await begin(1)
    const answer = { text: 'A fox.', finish: 'stop' as const, evidence: null, inputTokens: 1, outputTokens: 1, cost: 0.5 }
    for (let read = 0; read < 2; read++) keepAnswer(`read-twice-${run}`, answer, run, null, 'once')
    expect(money(run).spent).toBe(0.5)
    for (let call = 0; call < 2; call++) keepAnswer(`paid-twice-${run}`, answer, run, null)
    expect(money(run).spent).toBe(1.5)
  })
})

describe('a run by batches that is ended', () => {
  const openEnded = { polls: 1e9, answeredWhenCancelled: 2 }
  const engine = () => import('./run')
  const answers = async () => (await import('@/lib/db')).bulk().prepare(`SELECT count(*) FROM Answer`).pluck().get() as number
  const waiting = async () => (await import('@/lib/db')).bulk().prepare(`SELECT json_extract(payload, '$.runId') FROM Job WHERE kind = 'run' AND status = 'queued'`).pluck().all()

  it('while it is worked on cancels its batches and keeps what was answered by then', async () => {
    Object.assign(limits, openEnded)
    const before = await answers()
    const { run } = await begin(5)
    const working = work(run)
    await expect.poll(() => progress.runProgress(run).batch).toEqual({ open: 5, requests: 5 })
    store.cancelRun(run)
    expect(await working).toBe('cancelled')
    expect(progress.runProgress(run)).toMatchObject({ skipped: 5, batch: { open: 0, requests: 5 } })
    expect(progress.runProgress(run).spent).toBeGreaterThan(0)
    expect((await answers()) - before).toBe(2)
  })
  it('while it is held does so too, by a job of its own', async () => {
    Object.assign(limits, openEnded)
    const { wakeOpenBatches } = await import('./turn-store')
    const { bulk } = await import('@/lib/db')
    const { run } = await begin(4)
    const working = work(run)
    await expect.poll(() => progress.runProgress(run).batch?.open).toBe(4)
    store.pauseRun(run)
    await working
    bulk().prepare(`DELETE FROM Job`).run()
    expect(wakeOpenBatches(), 'a held run may go on').toBe(0)
    store.cancelRun(run)
    expect(wakeOpenBatches()).toBe(1)
    expect(await waiting()).toEqual([run])
    expect(await (await engine()).executeRun(run, { signal: new AbortController().signal, owner: 'me' })).toBe('cancelled')
    expect(progress.runProgress(run).batch).toEqual({ open: 0, requests: 4 })
    expect(wakeOpenBatches()).toBe(0)
  })
  it('says what stands in the way, and leaves it alone for a while', async () => {
    Object.assign(limits, openEnded)
    const { wakeOpenBatches } = await import('./turn-store')
    const { bulk } = await import('@/lib/db')
    const { run } = await begin(2)
    const working = work(run)
    await expect.poll(() => progress.runProgress(run).batch?.open).toBe(2)
    limits.pollFails = () => 401
    store.cancelRun(run)
    await working
    expect(progress.runProgress(run).why).toMatch(/^Cancelled by a person\. Its batches may still be under way.+does not accept the key/)
    expect(wakeOpenBatches()).toBe(0)
    limits.pollFails = undefined
    bulk().prepare(`DELETE FROM Pace`).run()
    expect(wakeOpenBatches()).toBe(1)
    await work(run)
    expect(progress.runProgress(run)).toMatchObject({ why: 'Cancelled by a person.', batch: { open: 0 } })
  })
})
