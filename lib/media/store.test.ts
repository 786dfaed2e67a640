import { createWriteStream, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { once } from 'node:events'
import path from 'node:path'
import { ZipFile } from 'yazl'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { freshHome } from '@/lib/testing'

let home: string
let remove: () => Promise<void>
let store: typeof import('./store')
let roots: typeof import('./roots-store')
let png: Uint8Array
let other: Uint8Array
beforeAll(async () => {
  ;({ home, remove } = await freshHome())
  store = await import('./store')
  roots = await import('./roots-store')
  const { encodePixels } = await import('./picture')
  ;[png, other] = await Promise.all([9, 90].map(async (grey) => (await encodePixels({ data: new Uint8Array(64 * 64 * 3).fill(grey), width: 64, height: 64 }, 'png')).bytes))
})
afterAll(() => remove())

const media = (place: 'file' | 'member', at: string) => store.mediaById(store.mediaWriter()({ place, path: at }))

it('reads only below allowed roots, links followed, checked at each reading', async () => {
  const [inside, outside] = ['inside', 'outside'].map((name) => path.join(home, name))
  for (const folder of [inside, outside]) {
    mkdirSync(folder)
    writeFileSync(path.join(folder, 'a.png'), png)
  }
  symlinkSync(path.join(outside, 'a.png'), path.join(inside, 'link.png'))
  const file = media('file', path.join(inside, 'a.png'))
  await expect(store.bytesOf(file)).rejects.toThrow(/outside the folders that may be read/)
  await roots.allowRoot(inside)
  expect((await store.original(file)).mime).toBe('image/png')
  expect(store.originalNow(file)).toEqual(await store.original(file))
  for (const bad of ['link.png', '../outside/a.png']) {
    await expect(store.bytesOf(media('file', path.join(inside, bad)))).rejects.toMatchObject({ code: 'refused' })
    expect(store.originalNow(media('file', path.join(inside, bad)))).toBeUndefined()
  }
  await expect(store.bytesOf(media('file', `${inside}-twin/a.png`))).rejects.toMatchObject({ code: 'not_found' })
  await expect(store.bytesOf(media('file', path.join(inside, 'none.png')))).rejects.toMatchObject({ code: 'not_found' })
})

it('reads members of a zip where they lie, packed or not', async () => {
  const archive = path.join(home, 'inside', 'set.zip')
  const zip = new ZipFile()
  zip.addBuffer(Buffer.from(png), 'stored.png', { compress: false })
  zip.addBuffer(Buffer.from(other), 'packed.png', { compress: true })
  zip.end()
  await once(zip.outputStream.pipe(createWriteStream(archive)), 'close')
  const { importNow } = await import('@/lib/import/run')
  const done = await importNow({ source: archive, dataset: 'zip', copy: false }, { trusted: true })
  expect(done).toMatchObject({ added: 2, problems: [] })
  const { bulk } = await import('@/lib/db')
  const rows = (bulk().prepare(`SELECT id FROM Media WHERE place = 'member' ORDER BY inflate`).pluck().all() as number[]).map(store.mediaById)
  expect(rows.map(({ inflate }) => inflate)).toEqual([null, other.length])
  for (const [i, row] of rows.entries()) expect(Buffer.from(await store.bytesOf(row)).equals(Buffer.from([png, other][i]))).toBe(true)
  expect(store.originalNow(rows[0])).toEqual(await store.original(rows[0]))
  expect(store.originalNow(rows[1])).toBeUndefined()
  writeFileSync(archive, 'cut')
  for (const row of rows) await expect(store.bytesOf(row)).rejects.toThrow(/was cut or replaced/)
  expect(() => store.originalNow(rows[0])).toThrow(/was cut or replaced/)
})

it('refuses to unpack more than was said', async () => {
  const { unpack } = await import('./disk')
  const { deflateRawSync } = await import('node:zlib')
  const bomb = deflateRawSync(Buffer.alloc(1_000_000))
  await expect(unpack(bomb, 1000, 'x')).rejects.toThrow(/damaged/)
  await expect(unpack(bomb, 60 * 1024 * 1024, 'x')).rejects.toThrow(/more than 50 MB/)
  expect((await unpack(bomb, 1_000_000, 'x')).length).toBe(1_000_000)
})
