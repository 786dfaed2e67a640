import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { EndpointServer } from '@/lib/captioner/endpoint-server'
import { freshHome } from '@/lib/testing'

const KEY = 'canary-key-77aa88bb99'
let home: Awaited<ReturnType<typeof freshHome>>
let server: EndpointServer
const context = (id = '') => ({ params: Promise.resolve({ id }) })
const body = (value: unknown, method = 'POST') => new Request('http://127.0.0.1/', { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) })

beforeAll(async () => {
  home = await freshHome()
  server = await (await import('@/lib/captioner/endpoint-server')).startEndpoint({ key: KEY })
  const { plainPicture } = await import('@/lib/captioner/contract')
  const folder = path.join(home.home, 'pictures')
  mkdirSync(folder)
  writeFileSync(path.join(folder, 'a.png'), await plainPicture())
  writeFileSync(path.join(folder, 'a.txt'), 'Erin Becker on a stage')
  const { importNow } = await import('@/lib/import/run')
  const { ImportRequest } = await import('@/lib/import/schema')
  await importNow(ImportRequest.parse({ source: folder, dataset: 'd' }), { trusted: true })
})
afterAll(async () => {
  await server.close()
  await home.remove()
})

describe('captioners by the API', () => {
  it('are set up, tried and removed, and the key never comes out', async () => {
    const list = await import('./route')
    const saved = await list.POST(body({ captioner: 'local', label: 'Local', baseUrl: server.baseURL, key: KEY, inputPrice: 1, outputPrice: 2 }), context())
    expect(saved.status).toBe(201)
    const all = await (await list.GET(new Request('http://127.0.0.1/'), context())).text()
    expect(JSON.parse(all)).toMatchObject({ captioners: [{ id: 'builtin' }, { id: 'openai' }, { id: 'florence' }, { id: 'local', endpoint: { hasKey: true } }] })
    expect(all + (await saved.text())).not.toContain(KEY)

    const models = await import('./[id]/models/route')
    expect(await (await models.GET(new Request('http://127.0.0.1/'), context('local'))).json()).toEqual({ models: ['test-model', 'test-model-mini'] })

    const trials = await import('./[id]/trials/route')
    const { samplePage } = await import('@/lib/sample/store')
    const { datasetByName } = await import('@/lib/dataset/store')
    const [sample] = samplePage({ datasetId: (await datasetByName('d')).id, limit: 1 }).samples
    const trial = await (await trials.POST(body({ dataset: 'd', sample: sample.key, recipe: 'realign' }), context('local'))).json()
    expect(trial).toMatchObject({ model: 'test-model', finish: 'stop', usage: { inputTokens: 400 }, accepted: { ok: true } })
    expect(trial).toHaveProperty('cost')
    expect(JSON.stringify(server.calls.at(-1)?.body)).toContain('Erin Becker on a stage')

    const one = await import('./[id]/route')
    const key = await import('./[id]/key/route')
    expect(await (await key.DELETE(new Request('http://127.0.0.1/', { method: 'DELETE' }), context('local'))).json()).toMatchObject({ hasKey: false })
    const denied = await trials.POST(body({ dataset: 'd', sample: sample.key }), context('local'))
    expect(denied.status).toBe(422)
    expect(await (await one.DELETE(new Request('http://127.0.0.1/', { method: 'DELETE' }), context('local'))).json()).toEqual({ removed: true })
    expect((await one.GET(new Request('http://127.0.0.1/'), context('local'))).status).toBe(404)
  })
  it('refuse what makes no sense, naming the field', async () => {
    const { POST } = await import('./route')
    const answer = await POST(body({ captioner: 'builtin', label: 'x', baseUrl: 'nonsense' }), context())
    expect(answer.status).toBe(400)
    expect(await answer.text()).toContain('baseUrl')
  })
})

describe('recipes by the API', () => {
  it('are listed, added and shown', async () => {
    const list = await import('../recipes/route')
    expect((await list.POST(body({ name: 'Mine', kind: 'mine', prompt: 'Say {alt}.', author: 'ana' }), context())).status).toBe(201)
    expect(await (await list.GET(new Request('http://127.0.0.1/'), context())).json()).toMatchObject({ recipes: expect.arrayContaining([expect.objectContaining({ id: 'custom-mine', version: 1 })]) as unknown })
    const one = await import('../recipes/[id]/route')
    expect(await (await one.GET(new Request('http://127.0.0.1/'), context('custom-mine'))).json()).toMatchObject({ versions: [{ author: 'ana', prompt: 'Say {alt}.' }], prompt: { user: 'Say (none).' } })
  })
  it('take an edit as an example, and nothing else', async () => {
    const { POST, DELETE } = await import('../recipes/[id]/examples/route')
    const { insertCaptions } = await import('@/lib/caption/store')
    const [before] = insertCaptions([{ datasetId: 1, sampleId: 1, text: 'a woman', kind: 'short', origin: 'model' }])
    const [edit] = insertCaptions([{ datasetId: 1, sampleId: 1, text: 'Erin Becker', kind: 'short', origin: 'human', parentId: before }])
    expect(await (await POST(body({ caption: edit }), context('short'))).json()).toMatchObject({ examples: [{ before: 'a woman', after: 'Erin Becker' }] })
    expect((await POST(body({ caption: before }), context('short'))).status).toBe(422)
    expect(await (await DELETE(body({ caption: edit }, 'DELETE'), context('short'))).json()).toEqual({ removed: true })
  })
})
