import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Captioner } from '@/lib/captioner/types'
import { AppError } from '@/lib/errors'
import { freshHome } from '@/lib/testing'
import type { RunAsked } from './schema'

let home: Awaited<ReturnType<typeof freshHome>>
let kit: typeof import('./testing')
let store: typeof import('./store')
let progress: typeof import('./progress-store')
let engine: typeof import('./run')
let request: typeof import('./start')

beforeAll(async () => {
  home = await freshHome()
  kit = await import('./testing')
  store = await import('./store')
  progress = await import('./progress-store')
  engine = await import('./run')
  request = await import('./start')
})
afterAll(() => home.remove())

let n = 0
const dataset = (count: number) => kit.seedDataset(`d${++n}`, count).then((made) => ({ ...made, name: `d${n}` }))
const voice = (script?: Parameters<typeof kit.scripted>[0]) => kit.scripted(script, `failing-${++n}`)
const start = async (asked: RunAsked, captioner: Captioner): Promise<number> => (await request.requestRun({ ...asked, captioner: captioner.id }, { captioner })).run
const execute = (runId: number, captioner: Captioner) => engine.executeRun(runId, { signal: new AbortController().signal, owner: 'me', voices: { captioner } })
const perform = async (asked: RunAsked, captioner: Captioner) => {
  const id = await start(asked, captioner)
  await execute(id, captioner)
  return progress.runProgress(id)
}

describe('a run whose calls fail', () => {
  it('is held at once when the key is not accepted, and loses no sample to it', async () => {
    const { name } = await dataset(30)
    const captioner = voice(() => {
      throw new AppError('refused', 'The endpoint does not accept the key.', { detail: { cause: 'auth', auth: true, status: 401 } })
    })
    const held = await perform({ dataset: name, recipe: 'short', concurrency: 2 }, captioner)
    expect(held).toMatchObject({ status: 'paused', failed: 0, why: 'The endpoint does not accept the key.' })
    expect(captioner.calls.length).toBeLessThanOrEqual(2)
  })
  it('counts what was paid for an answer that is no caption', async () => {
    const { name } = await dataset(1)
    const captioner = voice(({ n: call }) => {
      if (call === 1) throw new AppError('unavailable', 'The answer was empty.', { detail: { cause: 'empty', usage: { inputTokens: 1000, outputTokens: 100 } } })
      return undefined
    })
    const done = await perform({ dataset: name, recipe: 'short', price: { input: 100, output: 1000 } }, captioner)
    expect(done).toMatchObject({ status: 'done', done: 1 })
    expect(done.spent).toBeCloseTo(0.4, 9)
  })
  it('tries again only what failed for one cause', async () => {
    const { name } = await dataset(2)
    const captioner = voice(({ n: call }) => {
      if (call > 2) return undefined
      throw new AppError('refused', 'No.', { detail: { cause: call === 1 ? 'request' : 'too-large' } })
    })
    const id = await start({ dataset: name, recipe: 'short' }, captioner)
    await execute(id, captioner)
    expect(store.retryFailed(id, 'request')).toBe(1)
    await execute(id, captioner)
    expect(progress.runProgress(id)).toMatchObject({ done: 1, failed: 1, errorsByCause: [{ code: 'too-large', count: 1 }] })
  })
})
