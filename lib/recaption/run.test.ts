import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Captioner } from '@/lib/captioner/types'
import { AppError } from '@/lib/errors'
import { freshHome } from '@/lib/testing'
import type { RunAsked } from './schema'

let home: Awaited<ReturnType<typeof freshHome>>
let kit: typeof import('./testing')
let store: typeof import('./store')
let progress: typeof import('./progress-store')
let plan: typeof import('./plan')
let engine: typeof import('./run')
let request: typeof import('./start')
let captions: typeof import('@/lib/caption/store')
let sql: ReturnType<typeof import('@/lib/db').bulk>

beforeAll(async () => {
  home = await freshHome()
  kit = await import('./testing')
  store = await import('./store')
  progress = await import('./progress-store')
  plan = await import('./plan')
  engine = await import('./run')
  request = await import('./start')
  captions = await import('@/lib/caption/store')
  sql = (await import('@/lib/db')).bulk()
})
afterAll(() => home.remove())

const never = new AbortController().signal
let n = 0
const dataset = (count: number, options?: Parameters<typeof kit.seedDataset>[2]) => kit.seedDataset(`d${++n}`, count, options).then((made) => ({ ...made, name: `d${n}` }))
/** Every captioner of a test has an id of its own, so that no limiter or breaker is shared. */
const voice = (script?: Parameters<typeof kit.scripted>[0]) => kit.scripted(script, `scripted-${++n}`)

const start = async (asked: RunAsked, captioner: Captioner): Promise<number> => (await request.requestRun({ ...asked, captioner: captioner.id }, { captioner })).run
const execute = (runId: number, captioner: Captioner, owner = 'me', signal = never) => engine.executeRun(runId, { signal, owner, voices: { captioner } })
const perform = async (asked: RunAsked, captioner: Captioner) => {
  const id = await start(asked, captioner)
  await execute(id, captioner)
  return progress.runProgress(id)
}
const of = (samples: readonly number[], kind = 'short') => captions.captionsOf(samples).filter((caption) => caption.kind === kind)
const human = (datasetId: number, sampleId: number, text: string) => captions.insertCaptions([{ datasetId, sampleId, text, kind: 'short', origin: 'human', standing: 'approved', author: 'Ann' }])[0]
const gone = () => new AppError('unavailable', 'The endpoint failed.', { detail: { cause: 'server', status: 500 } })

describe('a run', () => {
  it('writes one caption a sample, leaves human heads, and says the same again as nothing to do', async () => {
    const { id, name, samples } = await dataset(30)
    human(id, samples[3], 'A person wrote this.')
    sql.prepare('UPDATE Sample SET dropped = 1 WHERE id = ?').run(samples[4])
    const captioner = voice()
    const first = await perform({ dataset: name, recipe: 'short' }, captioner)
    expect(first).toMatchObject({ status: 'done', total: 30, done: 28, failed: 0, skipped: 2 })
    expect(first.skippedBecause).toEqual(expect.arrayContaining([{ why: 'human', count: 1 }, { why: 'dropped', count: 1 }]))
    expect(captioner.calls).toHaveLength(28)
    const made = of(samples).filter((caption) => caption.origin === 'model')
    expect(made).toHaveLength(28)
    expect(made[0]).toMatchObject({ recipe: 'short@1', model: 'script-1', runId: first.id, standing: 'pending' })
    const second = await perform({ dataset: name, recipe: 'short' }, captioner)
    expect(second.id).not.toBe(first.id)
    expect(second).toMatchObject({ done: 0, skipped: 30 })
    expect(captioner.calls).toHaveLength(28)
    expect(sql.prepare(`SELECT count(*) FROM caption_fts WHERE caption_fts MATCH 'stands OR lies OR waits OR leans OR rests OR glows OR shines OR sits OR hangs OR turns'`).pluck().get()).toBeGreaterThanOrEqual(28)
  })

  it('takes a filter or a list of keys', async () => {
    const { name, samples } = await dataset(6)
    expect(await perform({ dataset: name, recipe: 'short', filter: 'key:000002' }, voice())).toMatchObject({ total: 1, done: 1 })
    expect(await perform({ dataset: name, recipe: 'short', keys: ['000001', '000002', '000009'] }, voice())).toMatchObject({ total: 2 })
    expect(of(samples)).toHaveLength(3)
  })

  it('really asks again for another caption, and keeps the old one', async () => {
    const { name, samples } = await dataset(2)
    const captioner = voice()
    await perform({ dataset: name, recipe: 'short' }, captioner)
    await perform({ dataset: name, recipe: 'short', another: true }, captioner)
    await perform({ dataset: name, recipe: 'short', another: true }, captioner)
    expect(captioner.calls).toHaveLength(6)
    expect(new Set(of(samples).map((caption) => caption.text)).size).toBe(6)
  })

  it('does not pay again for a stored answer', async () => {
    const { name, samples } = await dataset(3)
    const captioner = voice()
    await perform({ dataset: name, recipe: 'short' }, captioner)
    const shown = () => of(samples).filter((caption) => !caption.retired).map((caption) => `${caption.sampleId} ${caption.text}`).sort()
    const before = shown()
    sql.prepare(`UPDATE Caption SET retiredAt = '2026-01-01T00:00:00.000+00:00' WHERE kind = 'short' AND sampleId IN (${samples.join()})`).run()
    expect(await perform({ dataset: name, recipe: 'short' }, captioner)).toMatchObject({ done: 3 })
    expect(captioner.calls).toHaveLength(3)
    expect(shown()).toEqual(before)
  })

  it('tries a sample four times and then says why; retrying the failed ones asks anew', async () => {
    const { name, samples } = await dataset(1)
    let refuse = true
    const captioner = voice(() => (refuse ? { text: 'I’m sorry, but I can’t help with that image.', finish: 'stop' } : undefined))
    const asked = { dataset: name, recipe: 'short' }
    const failed = await perform(asked, captioner)
    expect(failed).toMatchObject({ done: 0, failed: 1, errorsByCause: [{ code: 'refusal', count: 1, example: expect.stringContaining('4 attempts') }] })
    expect(captioner.calls).toHaveLength(4)
    expect(of(samples)).toHaveLength(0)
    refuse = false
    expect(store.retryFailed(failed.id)).toBe(1)
    await execute(failed.id, captioner)
    expect(progress.runProgress(failed.id)).toMatchObject({ status: 'done', done: 1, failed: 0 })
    expect(captioner.calls).toHaveLength(5)
  })

  it('fails a filtered answer at once, keeps a cut-off one in quarantine', async () => {
    const { name, samples } = await dataset(2)
    const captioner = voice(({ n: call }) => (call === 1 ? { text: 'A red fox', finish: 'filtered' } : { text: 'A red fox stands beside the', finish: 'length' }))
    const result = await perform({ dataset: name, recipe: 'short', concurrency: 1 }, captioner)
    expect(result).toMatchObject({ done: 1, failed: 1, errorsByCause: [{ code: 'filtered' }] })
    expect(captioner.calls).toHaveLength(2)
    expect(of(samples)).toEqual([expect.objectContaining({ quarantined: true })])
    expect(sql.prepare(`SELECT rule FROM Flag WHERE sampleId IN (${samples.join()}) AND captionId IS NOT NULL`).pluck().all()).toContain('cut-off')
  })

  it('keeps what the captioner saw with the caption, and its own flags', async () => {
    const { name, samples } = await dataset(1)
    const seen = [{ says: 'a fox', sort: 'object' as const, score: 0.9 }]
    await perform({ dataset: name, recipe: 'short' }, voice(() => ({ text: 'A red fox sits.', finish: 'stop', evidence: seen, flags: [{ rule: 'nothing-recognised', evidence: 'no box above 0.35' }] })))
    const [caption] = of(samples)
    expect(progress.evidenceOf(caption.id)).toEqual({ evidence: seen })
    expect(caption.quarantined).toBe(true)
  })

  it('takes keys out of what it stores of an error', async () => {
    const { name } = await dataset(1)
    const result = await perform({ dataset: name, recipe: 'short' }, voice(() => { throw new AppError('refused', 'Incorrect API key provided: sk-CANARY123456 .') }))
    expect(result.errorsByCause[0].example).toBe('Incorrect API key provided: [key] .')
  })
})

describe('pace and limits', () => {
  it('goes on with the same run, also as several workers at once, and no sample twice', async () => {
    const { name, samples } = await dataset(200)
    const captioner = voice(async () => void (await sleep(2)))
    const id = await start({ dataset: name, recipe: 'short', concurrency: 8 }, captioner)
    expect(await start({ dataset: name, recipe: 'short', concurrency: 8 }, captioner)).toBe(id)
    await Promise.all(['a', 'b', 'c', 'd'].map((owner) => execute(id, captioner, owner)))
    expect(progress.runProgress(id)).toMatchObject({ status: 'done', done: 200 })
    expect(of(samples)).toHaveLength(200)
    expect(captioner.calls).toHaveLength(200)
  })

  it('rejects a worker that comes late: the caption of the one that has the lease counts', async () => {
    const { id, name, samples } = await dataset(1)
    const captioner = voice()
    const run = store.runById(await start({ dataset: name, recipe: 'short' }, captioner))
    const items = await import('./item-store')
    const { fillChunk } = await import('./select-store')
    expect(fillChunk(run)).toBe(false)
    const [item] = items.claimItems(run.id, 'late', 8)
    expect(items.claimItems(run.id, 'next', 8)).toEqual([])
    expect(items.freeItems(run.id, 4)).toBe(0)
    sql.prepare('UPDATE RunItem SET leaseUntil = 0 WHERE id = ?').run(item.id)
    expect(items.freeItems(run.id, 4)).toBe(1)
    const [again] = items.claimItems(run.id, 'next', 8)
    expect(again).toEqual({ ...item, attempts: 2 })
    const end = { run, kind: 'short', onTrial: false, flags: [], evidence: null, used: { inputTokens: 0, outputTokens: 0, cost: 0, ms: 1 } }
    expect(items.completeItem({ ...end, item, owner: 'late', text: 'too late' })).toBeNull()
    items.failItem({ item, runId: run.id, owner: 'late', code: 'x', error: 'x', final: true })
    expect(items.completeItem({ ...end, item: again, owner: 'next', text: 'in time' })).toBeGreaterThan(0)
    expect(items.completeItem({ ...end, item: again, owner: 'next', text: 'twice' })).toBeNull()
    expect(of(samples).map((caption) => caption.text)).toEqual(['in time'])
    expect(progress.runProgress(run.id)).toMatchObject({ done: 1, failed: 0 })
    expect(id).toBe(run.datasetId)
  })

  it('slows down when told so, obeys the asked pause, and loses nothing', async () => {
    const { name } = await dataset(40)
    let refusedAt = 0
    let early = 0
    const captioner = voice(async ({ n: call }) => {
      if (refusedAt && Date.now() - refusedAt < 480 && call > 8) early++
      await sleep(5)
      if (call > 8) return undefined
      refusedAt ||= Date.now()
      throw new AppError('unavailable', 'Wait.', { detail: { cause: 'rate', status: 429, retryAfterMs: 500 } })
    })
    expect(await perform({ dataset: name, recipe: 'short', concurrency: 8 }, captioner)).toMatchObject({ status: 'done', done: 40, failed: 0 })
    expect(early).toBe(0)
    expect(captioner.calls.length).toBeLessThanOrEqual(48)
  })

  it('keeps to requests a minute', async () => {
    const { name } = await dataset(6)
    const times: number[] = []
    await perform({ dataset: name, recipe: 'short', rpm: 600 }, voice(() => void times.push(Date.now())))
    expect(times[5] - times[0]).toBeGreaterThan(450)
  })

  it('pauses when calls fail alike, forgives those samples, and resumes', async () => {
    const { name } = await dataset(60)
    let down = true
    const captioner = voice(() => { if (down) throw gone(); return undefined })
    const held = await perform({ dataset: name, recipe: 'short', concurrency: 4 }, captioner)
    expect(held).toMatchObject({ status: 'paused', failed: 0, done: 0, why: expect.stringContaining('failed alike: The endpoint failed.') })
    expect(captioner.calls.length).toBeLessThan(30)
    down = false
    expect(store.resumeRun(held.id)).toBe(true)
    await execute(held.id, captioner)
    expect(progress.runProgress(held.id)).toMatchObject({ status: 'done', done: 60 })
  })

  it('pauses at once when the quota is used up', async () => {
    const { name } = await dataset(20)
    const captioner = voice(() => { throw new AppError('unavailable', 'The quota is used up.', { detail: { cause: 'quota', quota: true } }) })
    expect(await perform({ dataset: name, recipe: 'short', concurrency: 2 }, captioner)).toMatchObject({ status: 'paused', why: 'The quota is used up.', failed: 0 })
    expect(captioner.calls.length).toBeLessThanOrEqual(2)
  })

  it('never spends more than its budget, however many calls may be made at a time, and goes on with a higher one', async () => {
    const { name } = await dataset(50)
    const captioner = voice(async () => void (await sleep(3)))
    const price = { input: 10, output: 100 } // 0.02 a call of 1000 + 100 tokens
    const held = await perform({ dataset: name, recipe: 'short', concurrency: 32, price, budget: 0.2 }, captioner)
    expect(held).toMatchObject({ status: 'paused', why: expect.stringContaining('budget') })
    expect(held.spent).toBeCloseTo(0.2, 6)
    expect(captioner.calls).toHaveLength(10)
    store.resumeRun(held.id, 100)
    await execute(held.id, captioner)
    expect(progress.runProgress(held.id)).toMatchObject({ status: 'done', done: 50, spent: expect.closeTo(1, 5) })
  })

  it('pauses and cancels by the row, and stops when told to', async () => {
    const { name } = await dataset(60)
    const captioner = voice(async () => void (await sleep(10)))
    const id = await start({ dataset: name, recipe: 'short', concurrency: 2 }, captioner)
    const working = execute(id, captioner)
    await vi.waitUntil(() => progress.runProgress(id).done > 3)
    store.pauseRun(id)
    expect(await working).toBe('paused')
    const { done } = progress.runProgress(id)
    expect(progress.runProgress(id)).toMatchObject({ running: 0 })
    store.resumeRun(id)
    const stop = new AbortController()
    const again = execute(id, captioner, 'me', stop.signal)
    await vi.waitUntil(() => progress.runProgress(id).done > done + 2)
    stop.abort(new Error('stop'))
    await expect(again).rejects.toThrow('stop')
    expect(progress.runProgress(id)).toMatchObject({ status: 'running', running: 0 })
    store.cancelRun(id)
    const end = progress.runProgress(id)
    expect(end.done + end.skipped).toBe(60)
    expect(await execute(id, captioner)).toBe('cancelled')
  })
})

describe('a plan', () => {
  it('counts, tries a few, and what it paid for is free in the run', async () => {
    const { id, name, samples } = await dataset(50)
    human(id, samples[0], 'A person wrote this.')
    const captioner = voice(async () => void (await sleep(2)))
    const asked = { dataset: name, recipe: 'short', captioner: captioner.id, price: { input: 10, output: 100 } }
    const planned = await plan.planRun(asked, { samples: 10, voices: { captioner } })
    expect(planned).toMatchObject({ total: 50, work: 49, skipped: [{ why: 'human', count: 1 }], resumes: null })
    expect(planned.tried).toHaveLength(10)
    expect(planned.tried.every((one) => one.text && one.alt)).toBe(true)
    expect(planned.price).toEqual({ mean: expect.closeTo(0.98, 5), low: expect.closeTo(0.98, 5), high: expect.closeTo(0.98, 5) })
    expect(planned.seconds!.mean).toBeGreaterThan(0)
    expect((await plan.planRun(asked, { samples: 10, voices: { captioner } })).tried.map((one) => one.key)).toEqual(planned.tried.map((one) => one.key))
    expect(captioner.calls).toHaveLength(10)
    expect(await perform(asked, captioner)).toMatchObject({ done: 49 })
    expect(captioner.calls).toHaveLength(49)
  })

  it('completes half a price by the one the captioner is set up with', async () => {
    const { name } = await dataset(1)
    const { saveCaptioner } = await import('@/lib/captioner/store')
    const { CaptionerInput } = await import('@/lib/captioner/schema')
    await saveCaptioner(CaptionerInput.parse({ captioner: 'priced', label: 'Priced', baseUrl: 'http://127.0.0.1:9/v1', model: 'm', inputPrice: 3, outputPrice: 15 }))
    const { resolveRequest } = await import('./resolve')
    const { run } = await resolveRequest({ dataset: name, recipe: 'short', captioner: 'priced', price: { output: 5 }, budget: 1 })
    expect(run.extras.price).toEqual({ input: 3, output: 5 })
  })

  it('refuses what cannot work, before anything is written', async () => {
    const { name } = await dataset(1)
    const captioner = voice()
    const refused = (asked: Partial<RunAsked>) => plan.planRun({ dataset: name, recipe: 'short', ...asked }, { voices: { captioner } })
    await expect(refused({ budget: 1 })).rejects.toThrow('price')
    await expect(refused({ price: { output: 5 }, budget: 1 })).rejects.toThrow('tokens in is not known')
    await expect(refused({ kind: 'alt' })).rejects.toThrow('never writes alt')
    await expect(refused({ filter: 'nonsense:1' })).rejects.toThrow()
    await expect(refused({ keepIfBetter: [{ metric: 'vendi' }] })).rejects.toThrow('not measured')
    await expect(refused({ dataset: 'nowhere' })).rejects.toThrow('no dataset')
  })
})
