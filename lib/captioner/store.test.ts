import { readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freshHome } from '@/lib/testing'
import type { EndpointServer } from './endpoint-server'

const KEY = 'canary-key-51c0ffee77'
let home: Awaited<ReturnType<typeof freshHome>>
let store: typeof import('./store')
let schema: typeof import('./schema')
let server: EndpointServer
const given = (more: object) => schema.CaptionerInput.parse({ captioner: 'mine', label: 'Mine', baseUrl: server.baseURL, ...more })

beforeAll(async () => {
  delete process.env.OPENAI_API_KEY
  delete process.env.OPENAI_BASE_URL
  home = await freshHome()
  store = await import('./store')
  schema = await import('./schema')
  server = await (await import('./endpoint-server')).startEndpoint({ key: KEY })
})
afterAll(async () => {
  await server.close()
  await home.remove()
})

const files = (folder: string): string[] => readdirSync(folder, { withFileTypes: true }).flatMap((one) => (one.isDirectory() ? files(path.join(folder, one.name)) : [path.join(folder, one.name)]))

describe('an endpoint that a person set up', () => {
  it('is kept, without ever giving its key back', async () => {
    const card = await store.saveCaptioner(given({ inputPrice: 2, outputPrice: 8, params: { temperature: 0.2 } }), KEY)
    expect(card).toMatchObject({ captioner: 'mine', hasKey: true, inputPrice: 2, params: { temperature: 0.2 }, fromEnvironment: false })
    expect(JSON.stringify(await store.captionerCards())).not.toContain(KEY)
    expect(await store.endpointOf('mine')).toMatchObject({ baseURL: server.baseURL, key: KEY })
  })
  it('keeps its key in no file in the clear, and the key files for the owner alone', () => {
    for (const file of files(home.home)) expect(readFileSync(file).includes(KEY), file).toBe(false)
    for (const file of files(path.join(home.home, 'keys'))) expect(statSync(file).mode & 0o777).toBe(0o600)
  })
  it('writes, and a trial tells time, tokens and cost', async () => {
    const { testCaptioner } = await import('./trial')
    const { requestFor } = await import('./contract')
    const trial = await testCaptioner('mine', { ...(await requestFor()), model: '' })
    expect(trial).toMatchObject({ model: 'test-model', draft: { usage: { inputTokens: 400 } } })
    expect(trial.cost).toBeCloseTo((400 * 2 + (trial.draft.usage?.outputTokens ?? 0) * 8) / 1e6, 12)
    expect(server.calls.at(-1)?.body).toMatchObject({ temperature: 0.2 })
  })
  it('keeps its key when other things change, loses it when the base URL does', async () => {
    expect(await store.saveCaptioner(given({ label: 'Other', baseUrl: `${server.baseURL}/` }))).toMatchObject({ hasKey: true })
    expect(await store.saveCaptioner(given({ baseUrl: 'http://127.0.0.1:9/v1' }))).toMatchObject({ hasKey: false })
    expect((await store.endpointOf('mine')).key).toBeUndefined()
    expect(await store.saveCaptioner(given({}))).toMatchObject({ hasKey: false })
    expect(await store.saveCaptioner(given({}), KEY)).toMatchObject({ hasKey: true })
    // Another path of the same host may lead to somebody else.
    expect(await store.saveCaptioner(given({ baseUrl: `${server.baseURL}/other` }))).toMatchObject({ hasKey: false })
    expect(await store.saveCaptioner(given({}))).toMatchObject({ hasKey: false })
  })
  it('whose key was put under another base URL by hand gets nothing', async () => {
    const { saveKey, keyFor } = await import('./keys')
    saveKey('mine', server.baseURL, KEY)
    expect(keyFor('mine', 'http://127.0.0.1:9/v1')).toBeUndefined()
    expect(keyFor('another', server.baseURL)).toBeUndefined()
    expect(keyFor('mine', server.baseURL)).toBe(KEY)
  })
  it('is removed with its key', async () => {
    expect(await store.removeCaptioner('mine')).toBe(true)
    const { hasKey } = await import('./keys')
    expect(hasKey('mine', server.baseURL)).toBe(false)
    await expect(store.endpointOf('mine')).rejects.toMatchObject({ code: 'not_found' })
  })
})

it('openai is always there, and says when its key is missing', async () => {
  expect((await store.captionerCards())[0]).toMatchObject({ captioner: 'openai', hasKey: false, baseUrl: 'https://api.openai.com/v1' })
  await expect(store.endpointOf('openai')).rejects.toMatchObject({ code: 'refused', detail: { auth: true } })
})

it.each(['http://169.254.169.254/v1', 'http://10.0.0.7:8000/v1', 'http://[fd00::1]/v1', 'http://[::ffff:192.168.1.1]/v1', 'http://3232235777/v1'])('a base URL into a private network is refused: %s', async (baseUrl) => {
  await expect(store.saveCaptioner(given({ baseUrl }))).rejects.toMatchObject({ code: 'refused', message: expect.stringContaining('RECAPTION_ALLOW_HOSTS') as string })
})

it.each(['ftp://example.org', 'http://user:pass@example.org/v1', 'https://example.org/v1?key=1', 'javascript:alert(1)'])('a base URL must be plain: %s', (baseUrl) => {
  expect(schema.CaptionerInput.safeParse({ captioner: 'x', label: 'x', baseUrl }).success).toBe(false)
})

it('the prices of a call are those that were typed, half of them in a batch', async () => {
  const { costOf } = await import('./endpoint')
  const usage = { inputTokens: 1_000_000, outputTokens: 500_000 }
  expect(costOf(usage, { inputPrice: 2, outputPrice: 8 })).toBe(6)
  expect(costOf(usage, { inputPrice: 2, outputPrice: 8 }, true)).toBe(3)
  expect(costOf(usage, { inputPrice: null, outputPrice: null })).toBeNull()
  expect(costOf(usage, { inputPrice: null, outputPrice: 8 })).toBeNull()
})
