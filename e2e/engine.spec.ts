import { readdirSync } from 'node:fs'
import { expect, test, type APIRequestContext, type Page } from '@playwright/test'
import { startEndpoint, type EndpointServer } from '../lib/captioner/endpoint-server'
import { filesWith, killWorker } from './worker'
import { SAMPLE, zipOf } from './zip'

const KEY = 'sk-CANARYe2e5f1b7c'
const LATENCY_MS = 350
/** Calls at a time: few, so that there is time to pause and to kill. */
const AT_ONCE = 3
const LOOP = 'A wall and a door and a wall and a door and a wall and a door and a wall and a door.'
const DECLINES = 'A picture with several things in it, seen from the front in grey light. I’m sorry, but I can’t help with that image.'

let server: EndpointServer
/** Questions in the order in which they came first; what is said to one depends on its place. */
const asked: string[] = []
const place = (id: string) => (asked.includes(id) ? asked.indexOf(id) : asked.push(id) - 1)
let mended = false

test.beforeAll(async () => {
  server = await startEndpoint({
    key: KEY,
    latencyMs: LATENCY_MS,
    schedule: ({ id }) => (place(id) === 30 && !mended ? '400' : undefined),
    answer: (_body, { id, n }) => [undefined, undefined, LOOP, undefined, DECLINES][place(id)] ?? `A scene of its own, number ${n}, with a thing on the left of another and light from above.`,
  })
})
test.afterAll(() => server.close())

type Progress = { status: string; done: number; failed: number; spent: number; guards: { rule: string; count: number }[]; reasons: object[]; extras: { price?: object } }
const runOf = async (request: APIRequestContext, id: number) => {
  const run = (await (await request.get(`/api/v1/runs/${id}`)).json()) as Progress & { progress: Progress }
  return { ...run, ...run.progress }
}
const captions = async (request: APIRequestContext, filter: string) => ((await (await request.get(`/api/v1/datasets/engine/count?filter=${encodeURIComponent(filter)}`)).json()) as { count: number }).count
type Row = { key: string; captions: { id: number; kind: string; text: string; version: number; standing: string; runId: number | null }[] }
const rows = async (request: APIRequestContext, filter: string) => ((await (await request.get(`/api/v1/datasets/engine/samples?limit=100&filter=${encodeURIComponent(filter)}`)).json()) as { samples: Row[] }).samples

async function reject(request: APIRequestContext, run: number, count: number): Promise<string[]> {
  const found = (await rows(request, `run:${run} quarantined:no`)).slice(0, count).flatMap((row) => row.captions.filter((caption) => caption.runId === run))
  for (const { id, version } of found) expect((await request.post(`/api/v1/captions/${id}/verdicts`, { data: { decision: 'reject', reasons: ['wrong-relation'], note: 'the lamp is on the right', reviewer: 'ada', version } })).status()).toBe(201)
  return found.map((caption) => caption.text)
}

/** Plan, look at the dry run, start; gives the run's number. Each sample of the dry run is one call. */
async function planAndStart(page: Page, tried: number): Promise<number> {
  const before = server.counts.calls
  await page.getByRole('button', { name: 'Make a plan' }).click()
  await expect(page.getByRole('heading', { name: `Dry run: ${tried} of ${tried} tried` })).toBeVisible({ timeout: 60_000 })
  await expect(page.getByRole('button', { name: 'Start', exact: true })).toBeEnabled()
  await expect(page.getByRole('region', { name: 'Dry run' }).getByRole('article').filter({ hasText: 'A scene of its own' })).toHaveCount(tried > 5 ? tried - 2 : tried)
  expect(server.counts.calls - before).toBe(tried)
  await page.getByRole('button', { name: 'Start', exact: true }).click()
  await page.waitForURL(/recaption\/runs\/\d+/)
  return Number(/runs\/(\d+)/.exec(page.url())?.[1])
}

test('a run by an endpoint: plan, dry run, pause, kill, resume, guards, targeted recaption, roll back', async ({ page, request }, info) => {
  test.setTimeout(240_000)
  // Not the broken one, and of two copies one: the same picture is the same question.
  const pictures = readdirSync(SAMPLE).filter((name) => /\.(jpg|png)$/.test(name) && !['half-a-download.jpg', 'alps-ridge-again.jpg'].includes(name))
  const zip = info.outputPath('engine.zip')
  await zipOf(zip, pictures.map((name, i) => [name, `a text the page had under picture ${i}`] as const))
  let run = 0

  await test.step('import', async () => {
    await page.goto('/')
    await page.getByLabel('Zip or files to import').setInputFiles(zip)
    const sheet = page.getByRole('dialog')
    await sheet.getByLabel('Dataset', { exact: true }).fill('engine')
    await sheet.getByRole('button', { name: 'Import into engine' }).click()
    await expect(page.getByText(`${pictures.length} samples added`)).toBeVisible({ timeout: 60_000 })
  })

  await test.step('an endpoint is set up and tried; its key is never seen again', async () => {
    await page.goto('/captioners?dataset=engine')
    await page.getByRole('button', { name: 'Add an endpoint' }).click()
    const form = page.getByRole('dialog')
    await form.getByLabel('Kind of server').selectOption('custom')
    await form.getByLabel('Name').fill('Trial server')
    await form.getByLabel('Base URL').fill(server.baseURL)
    await form.getByLabel('Key').fill(KEY)
    await form.getByLabel('$ per million tokens in').fill('2')
    await form.getByLabel('$ per million tokens out').fill('8')
    await form.getByLabel('Calls at a time').fill(String(AT_ONCE))
    await form.getByRole('button', { name: 'Save' }).click()
    const card = page.getByRole('article', { name: 'Trial server' })
    await expect(card).toContainText('key is set')
    await card.getByRole('button', { name: 'Test this captioner' }).click()
    await card.getByRole('button', { name: 'Ask once' }).click()
    await expect(card.getByRole('status')).toContainText('A scene of its own')
    await expect(card.getByRole('status')).toContainText(/tokens in.*\$0\.00/s)
    expect(await page.content()).not.toContain(KEY)
    expect(await (await request.get('/api/v1/captioners')).text()).not.toContain(KEY)
  })

  await test.step('the plan shows what it would write, take and cost', async () => {
    await page.goto('/datasets/engine/recaption')
    await page.getByLabel('Captioner', { exact: true }).selectOption('trial-server')
    await page.getByLabel('Budget, $ at most').fill('$1')
    await expect(page.getByText('“Budget, $ at most” cannot be used as it stands.')).toBeVisible()
    await expect(page.getByRole('button', { name: 'Make a plan' })).toBeDisabled()
    await page.getByLabel('Budget, $ at most').fill('1')
    await page.getByLabel('$ per million tokens out').fill('8')
    await expect(page.getByText(`of ${pictures.length} samples get a new short caption`)).toBeVisible()
    asked.length = 0
    server.counts.calls = 0
    run = await planAndStart(page, 20)
    expect((await runOf(request, run)).extras.price).toEqual({ input: 2, output: 8 })
  })

  const written = async () => (await runOf(request, run)).done
  await test.step('paused, its worker killed, resumed, killed again: it ends, and nothing stored was paid twice', async () => {
    await expect.poll(written).toBeGreaterThanOrEqual(22)
    await page.getByRole('button', { name: 'Pause' }).click()
    await expect(page.getByRole('status').filter({ hasText: 'Paused by a person' })).toBeVisible()
    killWorker()
    const held = await written()
    await page.getByRole('button', { name: 'Resume' }).click()
    await expect.poll(written, { timeout: 30_000 }).toBeGreaterThanOrEqual(held + 3)
    killWorker()
    await expect.poll(async () => (await runOf(request, run)).status, { timeout: 60_000 }).toBe('done')
    expect(await runOf(request, run)).toMatchObject({ done: pictures.length - 1, failed: 1 })
    // One call a picture, and once more those that were under way at a kill.
    expect(server.counts.calls).toBeLessThanOrEqual(pictures.length + 2 * AT_ONCE)
    expect(await captions(request, `run:${run}`)).toBe(pictures.length - 1)
  })

  await test.step('what failed says why, and is retried alone', async () => {
    const panel = page.locator('section', { has: page.getByRole('heading', { name: 'What went wrong' }) })
    await expect(panel).toContainText('Invalid image.')
    mended = true
    const before = server.counts.calls
    await panel.getByRole('button', { name: /^Retry these/ }).click()
    await expect.poll(async () => runOf(request, run), { timeout: 30_000 }).toMatchObject({ status: 'done', done: pictures.length, failed: 0 })
    expect(server.counts.calls - before).toBe(1)
  })

  await test.step('guards hold back what is no caption', async () => {
    await page.reload()
    const guards = page.locator('section', { has: page.getByRole('heading', { name: 'Guards' }) })
    await expect(guards.getByRole('link', { name: /loop.*1 caption/i })).toBeVisible()
    await guards.getByRole('link', { name: /refusal.*1 caption/i }).click()
    await expect(page.getByLabel(/^Open /)).toHaveCount(1)
    expect(await captions(request, `run:${run} quarantined:yes`)).toBe(2)
  })

  await test.step('everything rejected for one reason is recaptioned in one act, and the page shows what it changed', async () => {
    const old = await reject(request, run, 3)
    await page.goto('/datasets/engine/recaption')
    await page.getByLabel('Captioner', { exact: true }).selectOption('trial-server')
    await page.getByLabel('Only where a caption was rejected for').selectOption('wrong-relation')
    await page.getByLabel('Recipe', { exact: true }).selectOption('correct')
    await expect(page.getByText('3 of 3 samples')).toBeVisible()
    run = await planAndStart(page, 3)
    await expect.poll(async () => (await runOf(request, run)).status, { timeout: 30_000 }).toBe('done')
    const bodies = server.calls.slice(-3).map(({ body }) => JSON.stringify(body))
    expect(old.every((text) => bodies.some((body) => body.includes(text) && body.includes('the lamp is on the right') && body.includes('where things stand to each other')))).toBe(true)
    const line = page.getByRole('row', { name: /^Wrong relation/ })
    await expect(line).toHaveText(/3\s*0\s*3$/)
    await reject(request, run, 1)
    await page.reload()
    await expect(line).toHaveText(/3\s*1\s*2$/)
  })

  await test.step('the run is rolled back in one step, and that is undone', async () => {
    await page.getByRole('button', { name: 'Roll back' }).click()
    await expect(page.getByText('rolled back', { exact: true })).toBeVisible()
    expect(await captions(request, `run:${run}`)).toBe(0)
    await page.getByRole('button', { name: 'Undo roll-back' }).click()
    await expect(page.getByText('rolled back', { exact: true })).toBeHidden()
    expect(await captions(request, `run:${run}`)).toBe(3)
    expect(await captions(request, `run:${run} standing:rejected`)).toBe(1)
  })

  expect(filesWith(KEY)).toEqual([])
})
