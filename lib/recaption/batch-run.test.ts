import { afterAll, beforeAll, describe, expect, it } from 'vitest'
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
  server = await startEndpoint({ batch: { polls: 2, outcome: () => outcomes.shift() ?? 'answer' } })
  const { saveCaptioner } = await import('@/lib/captioner/store')
  await saveCaptioner({ captioner: 'batching', label: 'Batching', preset: 'openai', baseUrl: server.baseURL, model: 'test-model', params: {}, inputPrice: 10, outputPrice: 20, concurrency: 2, perMinute: null, timeoutMs: 5000 }, 'a-key')
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
})
