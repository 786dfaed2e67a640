import { createHash } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { freshHome } from '@/lib/testing'

let home: Awaited<ReturnType<typeof freshHome>>
let kit: typeof import('./testing')
let engine: typeof import('./run')
let start: typeof import('./start')
let progress: typeof import('./progress-store')
let limits: typeof import('./limiter')
let media: typeof import('@/lib/media/store')

beforeAll(async () => {
  home = await freshHome()
  kit = await import('./testing')
  engine = await import('./run')
  start = await import('./start')
  progress = await import('./progress-store')
  limits = await import('./limiter')
  media = await import('@/lib/media/store')
})
afterAll(() => home.remove())

type Scripted = ReturnType<typeof kit.scripted>
async function perform(dataset: string, captioner: Scripted, concurrency: number) {
  const { run } = await start.requestRun({ dataset, recipe: 'short', captioner: captioner.id, concurrency }, { captioner })
  await engine.executeRun(run, { signal: new AbortController().signal, owner: 'me', voices: { captioner } })
  return progress.runProgress(run)
}

it('pictures are made ready for a core each, while all places among the calls are taken, and are what is sent', async () => {
  await kit.seedDataset('ready', 24)
  let [making, most, besideCalls] = [0, 0, 0]
  const small = Uint8Array.of(1, 2, 3)
  const sent: number[][] = []
  const captioner = Object.assign(kit.scripted(async ({ n, request }) => {
    sent.push([...request.media])
    await sleep(20 + 10 * (n % 8)) // one by one they make room
    return undefined
  }, 'makes'), {
    async prepare(request: Parameters<Scripted['write']>[0]) {
      most = Math.max(most, ++making)
      besideCalls = Math.max(besideCalls, limits.voiceOf('makes', 8).limiter.active)
      await sleep(5)
      making--
      return { ...request, media: small.slice() }
    },
  })
  expect(await perform('ready', captioner, 8)).toMatchObject({ done: 24, failed: 0 })
  expect(sent).toEqual(Array(24).fill([...small]))
  expect(most).toBeLessThanOrEqual(availableParallelism() + 1)
  expect(besideCalls).toBe(8)
})

it('a picture that cannot be made ready fails its sample alone: the endpoint is not to blame', async () => {
  await kit.seedDataset('torn', 30)
  const { AppError } = await import('@/lib/errors')
  const captioner = Object.assign(kit.scripted(undefined, 'tears'), {
    prepare: () => Promise.reject(new AppError('refused', 'cut off or damaged: the picture cannot be read to its end')),
  })
  expect(await perform('torn', captioner, 4)).toMatchObject({ status: 'done', failed: 30, errorsByCause: [{ code: 'picture', count: 30 }] })
  expect(captioner.calls).toEqual([])
})

it('the name of a stored picture is the hash of its bytes, so that what was answered before is found again', async () => {
  await kit.seedDataset('named', 1, { picture: () => kit.pictureOf(987_654) })
  const sql = (await import('@/lib/db')).bulk()
  const id = sql.prepare(`SELECT mediaId FROM Sample WHERE datasetId = (SELECT id FROM Dataset WHERE name = 'named')`).pluck().get() as number
  const { bytes, sha256 } = await media.original(media.mediaById(id))
  expect(sha256).toBe(createHash('sha256').update(bytes).digest('hex'))
})
