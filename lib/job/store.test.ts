import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { freshHome } from '@/lib/testing'

let home: Awaited<ReturnType<typeof freshHome>>
let store: typeof import('./store')
let loop: typeof import('./loop')
let sql: ReturnType<typeof import('@/lib/db').bulk>

beforeAll(async () => {
  home = await freshHome()
  store = await import('./store')
  loop = await import('./loop')
  sql = (await import('@/lib/db')).bulk()
})
beforeEach(() => void sql.exec('DELETE FROM Job; DELETE FROM Heartbeat'))
afterAll(() => home.remove())

const status = (id: number) => store.jobById(id)?.status

describe('the queue', () => {
  it('queues the same work once, and again while the first is being done', () => {
    const first = store.enqueue('check', { datasetId: 1 })
    expect(store.enqueue('check', { datasetId: 1 })).toBe(first)
    expect(store.enqueue('check', { datasetId: 2 })).not.toBe(first)
    store.claim('a', ['check'])
    expect(store.enqueue('check', { datasetId: 1 })).not.toBe(first)
  })

  it('a command takes its own job, and nothing else that waits', async () => {
    const other = store.enqueue('check', { datasetId: 1 })
    const own = store.enqueue('check', { datasetId: 2 })
    const taken: number[] = []
    const over = () => status(own) === 'done'
    const check = ({ datasetId }: { datasetId: number }) => {
      taken.push(datasetId)
      expect(store.workersAlive()).toEqual([])
      return Promise.resolve()
    }
    await loop.work({ check }, { signal: new AbortController().signal, owner: 'command', until: over, only: store.jobById(own)?.payload, pollMs: 5 })
    expect([taken, status(other)]).toEqual([[2], 'queued'])
  })

  it('refuses a payload that is not of its kind', () => {
    expect(() => store.enqueue('run', { runId: 0 })).toThrow()
  })

  it('gives a payload to one worker at a time, but shares a run among workers', () => {
    for (const kind of ['check', 'run'] as const) {
      const payload = kind === 'check' ? { datasetId: 1 } : { runId: 1 }
      store.enqueue(kind as 'check', payload as { datasetId: number })
      expect(store.claim('a', [kind])).toBeDefined()
      store.enqueue(kind as 'check', payload as { datasetId: number })
      expect(store.claim('a', [kind])).toBeUndefined()
      expect(store.claim('b', [kind]) !== undefined).toBe(kind === 'run')
    }
  })

  it('tries again later, and gives up after five tries or at once when it is final', () => {
    const id = store.enqueue('check', { datasetId: 1 })
    for (let n = 1; n <= 5; n++) {
      sql.prepare('UPDATE Job SET runAfter = 0').run()
      const job = store.claim('a', ['check'])!
      expect(job.attempts).toBe(n)
      expect(store.fail({ job, owner: 'a', error: 'no sk-abcdefgh1234 luck' })).toBe(n < 5 ? 'queued' : 'failed')
      expect(store.claim('a', ['check'])).toBeUndefined()
    }
    expect(store.jobById(id)?.error).toBe('no [key] luck')
    const other = store.enqueue('check', { datasetId: 2 })
    expect(store.fail({ job: store.claim('a', ['check'])!, owner: 'a', error: 'never', final: true })).toBe('failed')
    expect(status(other)).toBe('failed')
  })

  it('takes the word of the owner only: a late worker changes nothing', () => {
    const id = store.enqueue('check', { datasetId: 1 })
    const job = store.claim('late', ['check'])!
    sql.prepare('UPDATE Job SET leaseUntil = 0').run()
    expect(store.freeStale()).toBe(1)
    expect(store.claim('next', ['check'])?.id).toBe(id)
    expect(store.done(job.id, 'late')).toBe(false)
    expect(store.fail({ job, owner: 'late', error: 'x' })).toBe('lost')
    expect(status(id)).toBe('running')
    expect(store.done(id, 'next')).toBe(true)
  })

  it('frees the jobs of a process that is gone at once, and does not count it as alive', async () => {
    const { hostname } = await import('node:os')
    const dead = `${hostname()}/4194300/aaaa`
    const alive = `${hostname()}/${process.pid}/bbbb`
    store.enqueue('check', { datasetId: 1 })
    store.claim(dead, ['check'])
    store.heartbeat(dead)
    store.heartbeat(alive)
    expect(store.workersAlive()).toEqual([alive])
    expect(store.freeStale()).toBe(1)
  })
})

describe('the loop', () => {
  it('runs kinds side by side, so that a long import does not hold up a run', async () => {
    const stop = new AbortController()
    const order: string[] = []
    store.enqueue('import', { importId: 1 })
    store.enqueue('import', { importId: 2 })
    const run = store.enqueue('run', { runId: 1 })
    let open = () => {}
    const gate = new Promise<void>((resolve) => (open = resolve))
    const working = loop.work(
      { import: async ({ importId }) => { order.push(`import ${importId}`); await gate }, run: async () => void order.push('run') },
      { signal: stop.signal, owner: 'a', pollMs: 5, until: () => status(run) === 'done' },
    )
    while (status(run) !== 'done') await sleep(5)
    expect(order).toEqual(['import 1', 'run'])
    open()
    await working
    expect(store.workersAlive()).toEqual([])
  })

  it('gives a stopped job back untried', async () => {
    const stop = new AbortController()
    const id = store.enqueue('run', { runId: 1 })
    const working = loop.work(
      { run: (_, { signal }) => new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason))) },
      { signal: stop.signal, owner: 'a', pollMs: 5 },
    )
    while (status(id) !== 'running') await sleep(5)
    stop.abort()
    await working
    expect(store.jobById(id)).toMatchObject({ status: 'queued', attempts: 0, owner: null })
  })

  it('gives each of 200 jobs to exactly one of four workers', async () => {
    for (let n = 1; n <= 200; n++) store.enqueue('check', { datasetId: n })
    const seen: number[] = []
    const stop = new AbortController()
    const handlers = { check: async ({ datasetId }: { datasetId: number }) => { await sleep(1); seen.push(datasetId) } }
    const over = () => store.openJobs().length === 0
    await Promise.all(['a', 'b', 'c', 'd'].map((owner) => loop.work(handlers, { signal: stop.signal, owner, pollMs: 5, until: over })))
    expect(seen.sort((a, b) => a - b)).toEqual(Array.from({ length: 200 }, (_, n) => n + 1))
  })
})
