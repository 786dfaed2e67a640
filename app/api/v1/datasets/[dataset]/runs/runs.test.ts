import { afterAll, beforeAll, expect, test } from 'vitest'
import type { EndpointServer } from '@/lib/captioner/endpoint-server'
import { freshHome } from '@/lib/testing'

let home: Awaited<ReturnType<typeof freshHome>>
let server: EndpointServer
let runs: () => number

beforeAll(async () => {
  const { startEndpoint } = await import('@/lib/captioner/endpoint-server')
  server = await startEndpoint()
  process.env.OPENAI_BASE_URL = server.baseURL
  home = await freshHome()
  const { seedDataset } = await import('@/lib/recaption/testing')
  await seedDataset('shop', 3)
  const { bulk } = await import('@/lib/db')
  runs = () => bulk().prepare('SELECT count(*) FROM Run').pluck().get() as number
})
afterAll(async () => {
  await server.close()
  await home.remove()
  delete process.env.OPENAI_BASE_URL
})

type Answer = { run: number; resumed: boolean; plan: number; work: number; error: { message: string; detail?: { present: number } } }
async function knock(door: 'plans' | 'runs' | 'selections', body: object): Promise<{ status: number; body: Answer }> {
  const { POST } = await { plans: () => import('../plans/route'), runs: () => import('./route'), selections: () => import('../selections/route') }[door]()
  const answer = await POST(new Request('http://127.0.0.1/', { method: 'POST', headers: { host: '127.0.0.1' }, body: JSON.stringify(body) }), { params: Promise.resolve({ dataset: 'shop' }) })
  return { status: answer.status, body: (await answer.json()) as Answer }
}
const ASKED = { recipe: 'short', captioner: 'openai', model: 'test-model' }

test('nothing starts of which neither plan nor count was seen', async () => {
  const answer = await knock('runs', ASKED)
  expect(answer.status).toBe(400)
  for (const said of ['/plans', 'plan', 'expect']) expect(answer.body.error.message).toContain(said)
  expect(await knock('runs', { ...ASKED, expect: 2 })).toMatchObject({ status: 409, body: { error: { detail: { present: 3 } } } })
  expect([runs(), server.counts.calls]).toEqual([0, 0])
})

test('a run starts from its own plan, once that is whole, and no other’s', async () => {
  const { plan } = (await knock('plans', ASKED)).body
  const early = await knock('runs', { ...ASKED, plan })
  expect([early.status, early.body.error.message]).toEqual([409, expect.stringContaining('not made yet')])
  await (await import('@/lib/recaption/plan')).executePlan(plan, { signal: new AbortController().signal })
  for (const other of [{ recipe: 'detailed' }, { filter: 'key:000001' }, { model: 'test-model-mini' }]) {
    const answer = await knock('runs', { ...ASKED, ...other, plan })
    expect([answer.status, answer.body.error.message]).toEqual([409, expect.stringContaining('another request')])
  }
  expect((await knock('runs', { ...ASKED, plan: plan + 1 })).status).toBe(404)
  expect(runs()).toBe(0)
  expect(await knock('runs', { ...ASKED, plan })).toMatchObject({ status: 202, body: { run: 1, resumed: false } })
  expect(await knock('runs', { ...ASKED, plan })).toMatchObject({ status: 202, body: { run: 1, resumed: true } })
})

test('a count that was seen does too, as long as no more would be written', async () => {
  const asked = { ...ASKED, recipe: 'detailed', keys: ['000001', '000002'] }
  const { work } = (await knock('selections', asked)).body
  expect(work).toBe(2)
  expect(await knock('runs', { ...asked, expect: work })).toMatchObject({ status: 202, body: { run: 2 } })
})
