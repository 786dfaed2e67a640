import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { freshHome } from '@/lib/testing'

let home: string
let remove: () => Promise<void>
let sql: import('better-sqlite3').Database
beforeAll(async () => {
  ;({ home, remove } = await freshHome())
  sql = (await import('@/lib/db')).bulk()
})
afterAll(() => remove())

const scene = (hue: number) => sharp({ create: { width: 240, height: 160, channels: 3, background: { r: hue, g: 90, b: 120 } } })
  .composite([{ input: { create: { width: 60 + Math.round(hue / 4), height: 50, channels: 3, background: '#fff' } }, left: Math.round(hue / 3), top: 10 + Math.round(hue / 8) }, { input: { create: { width: 30, height: 90, channels: 3, background: '#021' } }, left: 200 - Math.round(hue / 2), top: 50 }])
const flags = () => sql.prepare(`SELECT f.rule, s.key, f.evidence FROM Flag f JOIN Sample s ON s.id = f.sampleId WHERE f.clearedAt IS NULL ORDER BY f.rule, s.key`).all() as { rule: string; key: string; evidence: string }[]
async function bring(source: string, dataset: string) {
  const { importNow } = await import('./run')
  const { datasetByName } = await import('@/lib/dataset/store')
  await importNow({ source, dataset, copy: false }, { trusted: true })
  return datasetByName(dataset)
}

it('finds what looks alike, what is damaged inside and what is gone, once', async () => {
  const root = path.join(home, 'scenes')
  mkdirSync(root)
  const one = await scene(20).jpeg({ quality: 90 }).toBuffer()
  writeFileSync(path.join(root, 'one.jpg'), one)
  writeFileSync(path.join(root, 'one-small.jpg'), await sharp(one).resize(120).jpeg({ quality: 60 }).toBuffer())
  writeFileSync(path.join(root, 'other.png'), await scene(230).png().toBuffer())
  writeFileSync(path.join(root, 'gone.png'), await scene(120).png().toBuffer())
  const noise = await sharp({ create: { width: 300, height: 300, channels: 3, background: '#888', noise: { type: 'gaussian', mean: 128, sigma: 50 } } }).jpeg().toBuffer()
  const torn = Buffer.concat([noise.subarray(0, noise.length / 2), noise.subarray(-2)])
  writeFileSync(path.join(root, 'torn.jpg'), torn)
  const dataset = await bring(root, 'scenes')
  expect(sql.prepare('SELECT count(*) FROM Sample').pluck().get()).toBe(5)
  rmSync(path.join(root, 'gone.png'))
  const { examine } = await import('./examine')
  expect(await examine(dataset)).toEqual({ looked: 5, broken: 1, missing: 1, later: 0, groups: 1, twins: 2 })
  expect(flags()).toEqual([
    { rule: 'broken', key: 'torn.jpg', evidence: expect.stringContaining('cut off or damaged') },
    { rule: 'missing', key: 'gone.png', evidence: expect.stringContaining('There is no file') },
    { rule: 'near-duplicate', key: 'one.jpg', evidence: 'looks like one-small.jpg' },
  ])
  const grouped = sql.prepare('SELECT key FROM Sample WHERE groupId = (SELECT id FROM Sample WHERE key = ?) ORDER BY key').pluck().all('one-small.jpg')
  expect(grouped).toEqual(['one-small.jpg', 'one.jpg'])
  expect(await examine(dataset)).toEqual({ looked: 0, broken: 0, missing: 0, later: 0, groups: 1, twins: 2 })
  sql.prepare('DELETE FROM Sample WHERE key = ?').run('one-small.jpg')
  expect(await examine(dataset)).toMatchObject({ groups: 0 })
  expect(flags().map((flag) => flag.rule)).toEqual(['broken', 'missing'])
})

it('fetches pictures behind URLs when asked, keeps them, and serves them with their own type', async () => {
  const picture = await scene(70).png().toBuffer()
  let hits = 0
  const server = createServer((request, response) => {
    hits++
    if (request.url === '/a.jpg' || request.url === '/b.jpg') response.end(picture)
    else if (request.url === '/page.jpg') response.end('<html>')
    else if (request.url === '/busy.jpg') response.writeHead(503).end()
    else response.writeHead(404).end()
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  const table = path.join(home, 'urls.csv')
  writeFileSync(table, `url,caption\n${['a', 'b', 'page', 'none', 'busy'].map((name) => `http://127.0.0.1:${port}/${name}.jpg,${name}`).join('\n')}\nhttp://10.0.0.1/x.jpg,inside\n`)
  const dataset = await bring(table, 'urls')
  const { examine } = await import('./examine')
  const operator = { addresses: ['127.0.0.1'], ports: [port] }
  expect(await examine(dataset, { operator })).toMatchObject({ looked: 0 })
  expect(await examine(dataset, { fetch: true, operator })).toEqual({ looked: 5, broken: 0, missing: 3, later: 1, groups: 1, twins: 2 })
  expect(flags().filter((flag) => flag.rule === 'missing' && flag.key.startsWith('http')).map(({ key, evidence }) => [key.split('/').pop(), evidence])).toEqual([
    ['x.jpg', expect.stringContaining('private or reserved address')],
    ['none.jpg', expect.stringContaining('answered 404')],
    ['page.jpg', expect.stringContaining('not a picture')],
  ])
  server.close()
  server.closeAllConnections()
  const before = hits
  const { mediaById, original } = await import('@/lib/media/store')
  const { thumbnailOf } = await import('@/lib/media/thumbnail')
  for (const name of ['a', 'b']) {
    const media = mediaById(sql.prepare(`SELECT id FROM Media WHERE path LIKE ?`).pluck().get(`%/${name}.jpg`) as number)
    expect(media).toMatchObject({ width: 240, height: 160, mime: 'image/png' })
    expect(await original(media)).toMatchObject({ mime: 'image/png' })
    expect((await sharp((await thumbnailOf(media, 160)).bytes).metadata())).toMatchObject({ format: 'webp', width: 160 })
  }
  expect(hits).toBe(before)
})
