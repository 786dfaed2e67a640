import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { crc32 } from 'node:zlib'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshHome } from '@/lib/testing'

let home: Awaited<ReturnType<typeof freshHome>>
let why: Record<string, string>
let taken: Record<string, { mime: string; width: number; height: number }>
let source: string

const plain = (width = 60, height = 40) => sharp({ create: { width, height, channels: 3, background: '#c83232' } })
/** A PNG whose header claims another size, with the checksum that belongs to it. */
function claiming(png: Buffer, width: number, height: number): Buffer {
  const bytes = Buffer.from(png)
  bytes.writeUInt32BE(width, 16)
  bytes.writeUInt32BE(height, 20)
  bytes.writeUInt32BE(crc32(bytes.subarray(12, 29)), 29)
  return bytes
}
const SCRIPT = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>'

beforeAll(async () => {
  home = await freshHome()
  source = path.join(home.home, 'source')
  mkdirSync(source)
  const jpeg = await plain().jpeg().toBuffer()
  const frames = await Promise.all(['#f00', '#00f', '#0f0'].map((background) => sharp({ create: { width: 20, height: 10, channels: 3, background } }).png().toBuffer()))
  const files: Record<string, Uint8Array | string> = {
    'animated.gif': await sharp(frames, { join: { animated: true } }).gif().toBuffer(),
    'sixteen-bit.png': await plain().toColourspace('rgb16').png().toBuffer(),
    'cmyk.jpg': await plain(50, 30).toColourspace('cmyk').jpeg().toBuffer(),
    'turned.jpg': await plain(61, 40).withMetadata({ orientation: 6 }).jpeg().toBuffer(),
    'mislabelled.jpg': await plain(62, 40).webp().toBuffer(),
    'polyglot.jpg': Buffer.concat([jpeg, Buffer.from('<html><script>alert(1)</script></html>')]),
    [`${'n'.repeat(251)}.jpg`]: await plain(63, 40).jpeg().toBuffer(),
    'two\nlines “quoted” \'and\' 🐈.jpg': await plain(64, 40).jpeg().toBuffer(),
    'script.svg': SCRIPT,
    'script.png': SCRIPT,
    'page.jpg': '<!doctype html><script>alert(1)</script>',
    'empty.jpg': '',
    'half.jpg': jpeg.subarray(0, jpeg.length >> 1),
    'bomb.png': claiming(await plain().png().toBuffer(), 65_000, 65_000),
    'just-too-large.png': claiming(await plain().png().toBuffer(), 10_001, 10_000),
  }
  for (const [name, bytes] of Object.entries(files)) writeFileSync(path.join(source, name), bytes)
  const { importNow } = await import('./run')
  const rows = ['file_name,text', ...Object.keys(files).map((name) => `"${name.replaceAll('"', '""')}","of ${name.length}"`)]
  writeFileSync(path.join(source, 'metadata.csv'), rows.join('\n'))
  const done = await importNow({ source: path.join(source, 'metadata.csv'), dataset: 'hostile', copy: false }, { trusted: true })
  why = Object.fromEntries(done.problems.map((one) => [/“([^”]+)”/.exec(one.why)?.[1] ?? one.path, one.why]))
  const { bulk } = await import('@/lib/db')
  const found = bulk().prepare('SELECT s.key, m.mime, m.width, m.height FROM Sample s JOIN Media m ON m.id = s.mediaId').all() as { key: string; mime: string; width: number; height: number }[]
  taken = Object.fromEntries(found.map(({ key, ...facts }) => [key, facts]))
})
afterAll(() => home.remove())

test.each([
  ['animated.gif', 'image/gif', 20, 10],
  ['sixteen-bit.png', 'image/png', 60, 40],
  ['cmyk.jpg', 'image/jpeg', 50, 30],
  ['turned.jpg', 'image/jpeg', 40, 61],
  ['mislabelled.jpg', 'image/webp', 62, 40],
  ['polyglot.jpg', 'image/jpeg', 60, 40],
  [`${'n'.repeat(251)}.jpg`, 'image/jpeg', 63, 40],
  ['two\nlines “quoted” \'and\' 🐈.jpg', 'image/jpeg', 64, 40],
])('takes %j for what it is', async (key, mime, width, height) => {
  expect(taken[key]).toEqual({ mime, width, height })
  const { bulk } = await import('@/lib/db')
  const { mediaById } = await import('@/lib/media/store')
  const { thumbnailOf } = await import('@/lib/media/thumbnail')
  const media = mediaById(bulk().prepare('SELECT mediaId FROM Sample WHERE key = ?').pluck().get(key) as number)
  const { bytes: made } = await thumbnailOf(media, 320)
  const about = await sharp(made).metadata()
  expect([about.format, about.space, about.depth, about.pages ?? 1]).toEqual(['webp', 'srgb', 'uchar', 1])
  expect(Buffer.from(made).includes('<script>')).toBe(false)
})

test.each([
  ['script.svg', /JPEG, PNG, WebP and GIF/],
  ['script.png', /JPEG, PNG, WebP and GIF/],
  ['page.jpg', /JPEG, PNG, WebP and GIF/],
  ['empty.jpg', /0 bytes/],
  ['half.jpg', /Cut off or damaged/],
  ['bomb.png', /Too many pixels: 4225 megapixels, at most 100\./],
  ['just-too-large.png', /Too many pixels: 100\.01 megapixels, at most 100\./],
])('refuses %s and says why', (key, reason) => {
  expect(taken[key]).toBeUndefined()
  expect(why[key]).toMatch(/^The picture “.+” was not taken\. /)
  expect(why[key]).toMatch(reason)
})
