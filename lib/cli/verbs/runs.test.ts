import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { EndpointServer } from '@/lib/captioner/endpoint-server'
import type { AppError } from '@/lib/errors'
import { freshHome } from '@/lib/testing'
import type { Values } from '../types'

const KEY = 'sk-CANARYc11a77e9'
const SAMPLES = 40
const AT_ONCE = 4
const LOOP = 'A wall and a door and a wall and a door and a wall and a door and a wall and a door.'
const DECLINES = 'A picture with several things in it, seen from the front in grey light. I’m sorry, but I can’t help with that image.'

let home: Awaited<ReturnType<typeof freshHome>>
let server: EndpointServer
let verbs: typeof import('./index').verbs
let captions: (runId: number) => { id: number; text: string; retired: boolean; standing: string }[]

const asked: string[] = []
const place = (id: string) => (asked.includes(id) ? asked.indexOf(id) : asked.push(id) - 1)
let mended = false

beforeAll(async () => {
  const { startEndpoint } = await import('@/lib/captioner/endpoint-server')
  server = await startEndpoint({
    key: KEY,
    latencyMs: 30,
    schedule: ({ id }) => (place(id) === 30 && !mended ? '400' : undefined),
    answer: (_body, { id, n }) => [undefined, undefined, LOOP, undefined, DECLINES][place(id)] ?? `A scene of its own, number ${n}, with a thing on the left of another and light from above.`,
  })
  process.env.OPENAI_BASE_URL = server.baseURL
  process.env.OPENAI_API_KEY = KEY
  home = await freshHome()
  verbs = (await import('./index')).verbs
  const { seedDataset } = await import('@/lib/recaption/testing')
  const { samples } = await seedDataset('shop', SAMPLES)
  const { captionsOf } = await import('@/lib/caption/store')
  captions = (runId) => captionsOf(samples).filter((caption) => caption.runId === runId)
})
afterAll(async () => {
  await server.close()
  await home.remove()
  delete process.env.OPENAI_BASE_URL
  delete process.env.OPENAI_API_KEY
})

/** A run that is done asks for a check of its captions; this is not about that. */
async function forgetChecks() {
  const { bulk } = await import('@/lib/db')
  bulk().prepare(`DELETE FROM Job WHERE kind = 'claims' AND status = 'queued'`).run()
}

/** As the command line does it, without ending the process. */
async function recaption(id: string, ...args: string[]) {
  const verb = await verbs.find(id)
  if (!verb) throw new Error(`There is no verb ${id}.`)
  await forgetChecks()
  const { values, positionals } = parseArgs({ args, options: { ...verb.options, json: { type: 'boolean' } }, allowPositionals: true, strict: true })
  const { result, text } = await verb.run(positionals, values as Values, { signal: new AbortController().signal, progress: () => undefined })
  return { result: JSON.parse(JSON.stringify(result)) as Record<string, never>, text }
}

const RUN = ['--dataset', 'shop', '--captioner', 'openai', '--model', 'test-model', '--price', '2:8', '--budget', '1', '--concurrency', String(AT_ONCE)]
const SHORT = [...RUN, '--recipe', 'short']

test('a run by the command line: plan, run, kill, resume, guards, retry, targeted recaption, roll back', async () => {
  const plan = await recaption('run', ...SHORT)
  expect(plan.result).toMatchObject({ plan: { total: SAMPLES, work: SAMPLES } })
  for (const said of ['A scene of its own, number', '⚑ loop', 'price: about', 'time: about', 'Nothing was written. Start it with --yes.']) expect(plan.text).toContain(said)
  expect((plan.text.match(/A scene of its own/g) ?? []).length).toBe(18)
  expect((await recaption('runs', '--dataset', 'shop')).text).toBe('There is no run yet.')

  // The real program, in a process that can be killed in the middle.
  server.set({ latencyMs: 200 })
  const child = spawn(process.execPath, ['--import', 'tsx', path.resolve('lib/cli/main.ts'), 'run', ...SHORT, '--yes'], { env: { ...process.env, RECAPTION_HOME: home.home }, stdio: 'ignore' })
  await expect.poll(() => captions(1).length, { timeout: 30_000, interval: 20 }).toBeGreaterThan(20)
  child.kill('SIGKILL')
  await once(child, 'exit')
  const left = captions(1).length
  expect(left).toBeLessThan(SAMPLES - 1)
  server.set({ latencyMs: 5 })

  expect((await recaption('runs', 'pause', '--run', '1')).text).toContain('paused')
  await expect(recaption('runs', 'pause', '--run', '1')).rejects.toMatchObject({ code: 'conflict' })
  // The same command again goes on with the same run.
  const ended = await recaption('run', ...SHORT, '--yes')
  expect(ended.result).toEqual({ run: 1, done: SAMPLES - 1, failed: 1, skipped: 0 })
  expect(ended.text).toContain('Invalid image.')
  expect(server.counts.calls).toBeLessThanOrEqual(SAMPLES + 1 + AT_ONCE)

  const shown = await recaption('runs', 'show', '--run', '1')
  for (const said of ['guard loop: 1 caption held back', 'guard refusal: 1 caption held back', '1 × request']) expect(shown.text).toContain(said)

  mended = true
  const before = server.counts.calls
  expect((await recaption('runs', 'retry', '--run', '1', '--cause', 'request')).result).toMatchObject({ done: SAMPLES, failed: 0 })
  expect(server.counts.calls - before).toBe(1)
  await expect(recaption('runs', 'retry', '--run', '1')).rejects.toMatchObject({ code: 'conflict' })

  const bad = captions(1).filter((caption) => caption.text.startsWith('A scene')).slice(0, 3)
  for (const { id } of bad) await recaption('verdict', 'reject', '--caption', String(id), '--reason', 'wrong-relation', '--note', 'the lamp is on the right', '--reviewer', 'Ana')
  expect((await recaption('run', ...RUN, '--recipe', 'correct', '--rejected-for', 'wrong-relation', '--yes')).result).toMatchObject({ run: 2, done: 3 })
  const bodies = server.calls.slice(-3).map(({ body }) => JSON.stringify(body))
  expect(bad.every(({ text }) => bodies.some((body) => body.includes(text) && body.includes('the lamp is on the right')))).toBe(true)
  await recaption('verdict', 'reject', '--caption', String(captions(2)[0].id), '--reason', 'wrong-relation', '--reviewer', 'Ana')
  expect((await recaption('runs', 'show', '--run', '2')).text).toContain('rejected for wrong-relation: 3 before, 1 again, 2 undecided')

  expect((await recaption('runs', 'rollback', '--run', '2', '--reviewer', 'Ana')).result).toMatchObject({ captions: 3 })
  expect(captions(2).every((caption) => caption.retired)).toBe(true)
  expect((await recaption('runs', '--dataset', 'shop')).text).toContain('run 2  rolled back')
  expect((await recaption('runs', 'rollback', '--undo', '--run', '2', '--reviewer', 'Ana')).text).toContain('3 captions back in play')
  expect(captions(2).map((caption) => [caption.retired, caption.standing])).toEqual([[false, 'rejected'], [false, 'pending'], [false, 'pending']])
}, 90_000)

test('the key of the environment is in no file', () => {
  const files = readdirSync(home.home, { recursive: true, withFileTypes: true }).filter((one) => one.isFile())
  expect(files.length).toBeGreaterThan(SAMPLES)
  expect(files.filter((one) => readFileSync(path.join(one.parentPath, one.name)).includes(KEY)).map((one) => one.name)).toEqual([])
})

test('a run of which nothing was written is a failure, with why and what to do; what failed in part is none', async () => {
  server.set({ schedule: () => '400' })
  const failed = await recaption('run', ...RUN, '--recipe', 'detailed', '--filter', 'key:000001 OR key:000002', '--yes').then(() => undefined, (error: unknown) => error)
  server.set({ schedule: undefined })
  expect(failed).toMatchObject({ name: 'AppError', code: 'unavailable', detail: { done: 0, failed: 2, skipped: 0 } })
  const { message, detail } = failed as AppError
  for (const said of ['none of 2 samples was written', '2 × request: ', 'Invalid image.', `recaption runs retry --run ${String(detail?.run)}`]) expect(message).toContain(said)
  expect((await recaption('runs', 'retry', '--run', String(detail?.run))).result).toMatchObject({ done: 2, failed: 0 })
})

test('a list of keys is a selection too', async () => {
  const file = path.join(home.home, 'keys.txt')
  writeFileSync(file, '000003\n000007\nnobody\n')
  expect((await recaption('run', '--dataset', 'shop', '--recipe', 'detailed', '--captioner', 'openai', '--model', 'test-model', '--keys', file, '--tries', '0')).result).toMatchObject({ plan: { total: 2, work: 2 } })
  await expect(recaption('run', ...SHORT, '--keys', `${file}.nowhere`)).rejects.toMatchObject({ code: 'not_found' })
  await expect(recaption('runs', 'forget', '--run', '1')).rejects.toMatchObject({ detail: { use: true } })
})
