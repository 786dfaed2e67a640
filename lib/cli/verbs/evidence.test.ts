import { parseArgs } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startEndpoint, type EndpointServer } from '@/lib/captioner/endpoint-server'
import { freshHome } from '@/lib/testing'
import type { Values } from '../types'

let home: Awaited<ReturnType<typeof freshHome>>
let server: EndpointServer
let verbs: typeof import('./index').verbs
let kit: typeof import('@/lib/recaption/testing')
let api: typeof import('@/app/api/v1/datasets/[dataset]/claim-model/route')
let words: typeof import('@/app/api/v1/datasets/[dataset]/word-model/route')
let database: typeof import('@/lib/db')

beforeAll(async () => {
  server = await startEndpoint({ answer: () => JSON.stringify({ claims: [{ id: 1, sort: 'object', quote: 'lantern', claim: 'there is a lantern', depends_on: null }] }) })
  process.env.OPENAI_BASE_URL = server.baseURL
  home = await freshHome()
  verbs = (await import('./index')).verbs
  ;[kit, api, words, database] = await Promise.all([import('@/lib/recaption/testing'), import('@/app/api/v1/datasets/[dataset]/claim-model/route'), import('@/app/api/v1/datasets/[dataset]/word-model/route'), import('@/lib/db')])
})
afterAll(async () => {
  await server.close()
  await home.remove()
  delete process.env.OPENAI_BASE_URL
})

/** As the command line does it, without ending the process. */
async function recaption(id: string, ...args: string[]) {
  const verb = await verbs.find(id)
  if (!verb) throw new Error(`There is no verb ${id}.`)
  const { values, positionals } = parseArgs({ args, options: verb.options, allowPositionals: true, strict: true })
  return verb.run(positionals, values as Values, { signal: new AbortController().signal, progress: () => undefined })
}
async function knock(open: (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>, dataset: string, method = 'GET', body?: unknown) {
  const answer = await open(new Request('http://127.0.0.1/', { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) }), { params: Promise.resolve({ dataset }) })
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
}

test('check --claims says what it would ask, asks with --yes, and has nothing left after', async () => {
  const { id } = await kit.seedDataset('lamps', 2, { alt: (n) => `a lantern of kind ${n}` })
  const only = ['--dataset', 'lamps', '--claims', 'openai', '--model', 'test-model', '--only', 'claims']
  expect((await recaption('check', ...only)).text).toContain('2 captions to split into claims')
  expect(server.counts.calls).toBe(0)
  expect((await recaption('check', ...only, '--yes')).result).toMatchObject({ plan: { steps: { claims: { left: 0, done: 2 }, verify: null } } })
  expect(server.counts.calls).toBe(2)
  expect(database.bulk().prepare(`SELECT count(*) FROM Claim cl JOIN Caption c ON c.id = cl.captionId WHERE c.datasetId = ? AND cl.splitBy = 'openai test-model claims@1'`).pluck().get(id)).toBe(2)
  await expect(recaption('check', ...only, '--only', 'moods')).rejects.toThrow('--only takes')
  await expect(recaption('check', '--dataset', 'lamps', '--claims', 'builtin')).rejects.toThrow('answers no questions')
})

test('the API plans, and asks only what was chosen', async () => {
  await kit.seedDataset('door', 1)
  expect((await knock(api.POST, 'door', 'POST')).status).toBe(400)
  expect((await knock(api.GET, 'door')).body).toEqual({ chosen: null, plan: null })
  const chosen = await knock(api.PUT, 'door', 'PUT', { captioner: 'openai', model: 'test-model', price: { input: 1, output: 1 }, budget: 5 })
  expect(chosen.body).toMatchObject({ chosen: { split: true, verify: true, budget: 5 }, plan: { steps: { claims: { left: 1 }, verify: { left: 1 } } } })
  expect(chosen.body.plan).toMatchObject({ price: expect.any(Number) as number })
  expect((await knock(api.PUT, 'door', 'PUT', { captioner: 'openai', budget: 1 })).status).toBe(400)
  // What JSON makes of Number('2,50') is no wish for no cap; and half a price leaves half the tokens out of it.
  for (const [wrong, why] of [[{ budget: null }, 'leave it out'], [{ price: { input: null, output: 1 } }, 'price.input'], [{ price: { output: 1 }, budget: 5 }, 'tokens in is not known']] as const) {
    const refused = await knock(api.PUT, 'door', 'PUT', { captioner: 'openai', model: 'test-model', ...wrong })
    expect([refused.status, JSON.stringify(refused.body)]).toEqual([400, expect.stringContaining(why)])
  }
  expect((await knock(api.GET, 'door')).body).toMatchObject({ chosen: { budget: 5 } })
  expect((await knock(api.POST, 'door', 'POST')).status).toBe(202)
  expect((await knock(words.GET, 'door')).body).toEqual({ on: false, least: 1000, gain: null })
})

test('report switches checks off and on, and measures the word model', async () => {
  await kit.seedDataset('graded', 1)
  expect((await recaption('report', '--dataset', 'graded', '--off', 'misaligned', '--off', 'claims:count')).result).toMatchObject({ off: ['misaligned', 'claims:count'], wordModel: { on: false, gain: null } })
  expect((await recaption('report', '--dataset', 'graded', '--on', 'misaligned')).result).toMatchObject({ off: ['claims:count'] })
  await expect(recaption('report', '--dataset', 'graded', '--word-model', 'measure')).rejects.toThrow('20 at least')
})
