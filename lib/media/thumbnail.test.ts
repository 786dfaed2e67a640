import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshHome } from '@/lib/testing'

let remove: () => Promise<void>
let store: typeof import('./store')
let fetches: typeof import('./fetch-store')
let thumbnailOf: typeof import('./thumbnail').thumbnailOf
let dataset: number
let png: Uint8Array

let asked = 0
const server = createServer((request, response) => {
  asked++
  if (request.url === '/a.png') response.writeHead(200, { 'content-type': 'image/png' }).end(png)
  else response.writeHead(404).end()
})
let base: string
let operator: { addresses: string[]; ports: number[] }

beforeAll(async () => {
  ;({ remove } = await freshHome())
  store = await import('./store')
  fetches = await import('./fetch-store')
  ;({ thumbnailOf } = await import('./thumbnail'))
  const { encodePixels } = await import('./picture')
  png = (await encodePixels({ data: new Uint8Array(64 * 48 * 3).fill(90), width: 64, height: 48 }, 'png')).bytes
  dataset = (await (await import('@/lib/dataset/store')).createDataset({ name: 'urls' })).id
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  base = `http://127.0.0.1:${port}`
  operator = { addresses: ['127.0.0.1'], ports: [port] }
})
afterAll(async () => {
  server.close()
  await remove()
})

async function behind(path: string) {
  const { bulk } = await import('@/lib/db')
  const id = store.mediaWriter()({ place: 'url', path: `${base}${path}` })
  bulk().prepare(`INSERT INTO Sample (datasetId, key, position, mediaId) VALUES (?, ?, 0, ?)`).run(dataset, path, id)
  return id
}

test('a picture behind a URL is fetched when its thumbnail is asked for, once, and then is here', async () => {
  const id = await behind('/a.png')
  expect(fetches.fetchState(dataset)).toEqual({ fetched: 0, waiting: 1, failed: 0 })
  const [one, two] = await Promise.all([thumbnailOf(store.mediaById(id), 160, { operator }), thumbnailOf(store.mediaById(id), 320, { operator })])
  expect(one.mime).toBe('image/webp')
  expect(two.bytes.length).toBeGreaterThan(20)
  expect(asked).toBe(1)
  expect(store.mediaById(id)).toMatchObject({ width: 64, height: 48, mime: 'image/png' })
  expect(fetches.fetchState(dataset)).toEqual({ fetched: 1, waiting: 0, failed: 0 })
})

test('without the operator’s word a private address is not asked', async () => {
  const before = asked
  await expect(thumbnailOf(store.mediaById(await behind('/b.png')), 160)).rejects.toMatchObject({ code: 'refused' })
  expect(asked).toBe(before)
})

test('an address that gave no picture says why again without being asked again at once', async () => {
  const media = store.mediaById(await behind('/none.png'))
  const before = asked
  for (const side of [160, 320] as const) await expect(thumbnailOf(media, side, { operator })).rejects.toMatchObject({ message: expect.stringContaining('answered 404') as string })
  expect(asked).toBe(before + 1)
})

test('what failed is listed with why, and may be tried again', async () => {
  const id = await behind('/gone.png')
  store.setFault(id, 'It answered 404.')
  expect(fetches.failedFetches(dataset, 0, 10)).toEqual([{ id, key: '/gone.png', url: `${base}/gone.png`, why: 'It answered 404.' }])
  expect(fetches.forgetFailures(dataset)).toBe(1)
  expect(fetches.fetchState(dataset)).toMatchObject({ failed: 0, waiting: 3 })
})
