import { existsSync, readdirSync, utimesSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { freshHome } from '@/lib/testing'

let home: string
let remove: () => Promise<void>
let upload: typeof import('./upload')
beforeAll(async () => {
  ;({ home, remove } = await freshHome())
  upload = await import('./upload')
})
afterAll(() => remove())

async function* body(...parts: (string | Uint8Array)[]) {
  for (const part of parts) yield typeof part === 'string' ? Buffer.from(part) : part
}
const png = async (shade: number) => (await (await import('@/lib/media/picture')).encodePixels({ data: new Uint8Array(8 * 8 * 3).fill(shade), width: 8, height: 8 }, 'png')).bytes

it('takes a dropped folder, imports a copy of it and is gone afterwards', async () => {
  const id = await upload.newUpload()
  expect(await upload.putUpload(id, 'photos/a.png', body(await png(40)))).toBe(true)
  expect(await upload.putUpload(id, 'photos/sub/b.png', body(await png(80)))).toBe(true)
  expect(await upload.putUpload(id, 'photos/a.txt', body('a dark ', 'square'))).toBe(true)
  expect(await upload.putUpload(id, 'photos/.DS_Store', body('x'))).toBe(false)
  const source = await upload.uploadSource(id)
  expect(path.basename(source)).toBe('photos')
  const { importNow } = await import('./run')
  expect(await importNow({ source, dataset: 'dropped', copy: false })).toMatchObject({ added: 2, captions: 1, problems: [] })
  expect(existsSync(path.join(home, 'uploads', id))).toBe(false)
  const { bulk } = await import('@/lib/db')
  expect(bulk().prepare('SELECT place FROM Media ORDER BY id').pluck().all()).toEqual(['store', 'store'])
  const { bytesOf, mediaById } = await import('@/lib/media/store')
  expect(Buffer.from(await bytesOf(mediaById(1))).equals(Buffer.from(await png(40)))).toBe(true)
})

it('hands on a single archive or table as it is', async () => {
  const id = await upload.newUpload()
  await upload.putUpload(id, 'set.zip', body('PK'))
  expect(await upload.uploadSource(id)).toBe(path.join(home, 'uploads', id, 'set.zip'))
})

it('refuses names that lead elsewhere, files beyond the cap and unknown uploads, and leaves nothing behind', async () => {
  const id = await upload.newUpload()
  for (const name of ['../x.png', '/etc/x', 'a/../../x', 'C:\\x', 'a\0b', '']) await expect(upload.putUpload(id, name, body('x'))).rejects.toMatchObject({ code: 'refused' })
  await expect(upload.putUpload(id, 'big.png', body('12345', '67890'), { maxBytes: 9 })).rejects.toThrow(/larger than/)
  await expect(upload.putUpload(id, 'broken.png', (async function* () { yield Buffer.from('abc'); throw new Error('connection lost') })())).rejects.toThrow('connection lost')
  expect(readdirSync(path.join(home, 'uploads', id))).toEqual([])
  await expect(upload.uploadSource(id)).rejects.toThrow(/holds no files/)
  await expect(upload.putUpload('0'.repeat(24), 'a.png', body('x'))).rejects.toMatchObject({ code: 'not_found' })
  await expect(upload.putUpload('../../etc', 'a.png', body('x'))).rejects.toMatchObject({ code: 'invalid' })
})

it('clears away what nobody touched for a day', async () => {
  const id = await upload.newUpload()
  const old = new Date(Date.now() - 25 * 3600_000)
  utimesSync(path.join(home, 'uploads', id), old, old)
  expect(await upload.cleanUploads()).toBe(1)
  expect(existsSync(path.join(home, 'uploads', id))).toBe(false)
})
