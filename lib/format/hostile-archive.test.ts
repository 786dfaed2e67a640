import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { buffer } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import { pack, type Header } from 'tar-stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ZipFile } from 'yazl'
import { readBack } from './contract'
import { bytesAt } from './member'
import { sidecar } from './sidecar'
import { openSource } from './source'
import { webdataset } from './webdataset'

let home = ''
beforeAll(() => {
  home = mkdtempSync(path.join(tmpdir(), 'recaption-hostile-'))
})
afterAll(() => rmSync(home, { recursive: true, force: true }))
const put = (name: string, bytes: Uint8Array | string) => {
  const file = path.join(home, name)
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, bytes)
  return file
}

const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3])
type Entry = { name: string; bytes: Uint8Array | string; mode?: number; compress?: boolean }
async function zip(entries: readonly Entry[], replace: readonly (readonly [string, string])[] = []): Promise<Buffer> {
  const file = new ZipFile()
  for (const { name, bytes, mode, compress } of entries) file.addBuffer(Buffer.from(bytes), name, { mtime: new Date(0), mode: mode ?? 0o100644, compress: compress ?? false })
  file.end()
  let bytes = Buffer.from(await buffer(file.outputStream))
  for (const [from, to] of replace) bytes = Buffer.from(bytes.toString('latin1').replaceAll(from, to), 'latin1')
  return bytes
}
async function tar(entries: readonly (Partial<Header> & { name: string; bytes?: Uint8Array | string })[]): Promise<Buffer> {
  const out = pack()
  for (const { bytes, ...header } of entries) out.entry(header, Buffer.from(bytes ?? ''))
  out.finalize()
  return buffer(out)
}
const keys = (samples: readonly { key: string }[]) => samples.map(({ key }) => key).sort()

describe('zips', () => {
  it('read members at random, packed or not, without unpacking to disk', async () => {
    const file = put('good.zip', await zip([{ name: 'd/a.jpg', bytes: jpeg }, { name: 'd/a.txt', bytes: 'A dog.' }, { name: 'd/b.jpg', bytes: Buffer.concat([jpeg, Buffer.alloc(500)]), compress: true }, { name: '__MACOSX/d/._a.jpg', bytes: 'x' }]))
    const { samples, problems } = await readBack(sidecar, file)
    expect(problems).toEqual([])
    expect(keys(samples)).toEqual(['d/a.jpg', 'd/b.jpg'])
    expect(samples[0].captions).toEqual([{ text: 'A dog.', kind: 'alt', origin: 'source' }])
    const images = await Promise.all(samples.map(async ({ image }) => image && bytesAt(image)))
    expect(images.map((bytes) => Buffer.from(bytes ?? []))).toEqual([jpeg, Buffer.concat([jpeg, Buffer.alloc(500)])])
  })
  it('pass over names that lead out, links, doubles and bombs, and say so', async () => {
    const entries: Entry[] = [
      { name: 'ok.jpg', bytes: jpeg },
      { name: 'qq/up.jpg', bytes: jpeg },
      { name: '!abs.jpg', bytes: jpeg },
      { name: 'X!drive.jpg', bytes: jpeg },
      { name: 'link.jpg', bytes: '/etc/passwd', mode: 0o120777 },
      { name: 'twice.jpg', bytes: jpeg },
      { name: 'twice.jpg', bytes: Buffer.concat([jpeg, jpeg]) },
      { name: 'bomb.jpg', bytes: Buffer.alloc(20_000_000), compress: true },
    ]
    const file = put('bad.zip', await zip(entries, [['qq/up.jpg', '../up.jpg'], ['!abs.jpg', '/abs.jpg'], ['X!drive.jpg', 'X:drive.jpg']]))
    const { samples, problems } = await readBack(sidecar, file)
    expect(keys(samples)).toEqual(['ok.jpg', 'twice.jpg'])
    expect(problems.map(({ path: at, problem }) => `${at}: ${problem}`).sort()).toEqual([
      'bad.zip/../up.jpg: The member\'s name leads out of the folder.',
      'bad.zip//abs.jpg: The member\'s name is an absolute path.',
      'bad.zip/X:drive.jpg: The member\'s name names a drive.',
      expect.stringMatching(/^bad\.zip\/bomb\.jpg: The member would unpack to 20000000 bytes from \d+; more than 100 to 1 is refused\.$/),
      'bad.zip/link.jpg: The member is a link.',
      'bad.zip/twice.jpg: The archive holds two members of this name; the first one counts.',
    ])
  })
  it('end with a message when cut', async () => {
    const whole = await zip([{ name: 'a.jpg', bytes: jpeg }, { name: 'b.jpg', bytes: jpeg }])
    const file = put('cut.zip', whole.subarray(0, whole.length - 30))
    await expect(openSource(file)).rejects.toMatchObject({ code: 'invalid', message: expect.stringContaining('cut.zip cannot be opened as a zip archive') })
  })
  it('never crash on flipped bytes', async () => {
    const whole = await zip([{ name: 'a.jpg', bytes: jpeg, compress: true }, { name: 'a.txt', bytes: 'A dog.', compress: true }])
    for (let at = 4; at < whole.length; at++) {
      const bytes = Buffer.from(whole)
      bytes[at] ^= 0xff
      const file = put('flip.zip', bytes)
      await readBack(sidecar, file).catch((error: unknown) => expect(error).toMatchObject({ name: 'AppError' }))
    }
  })
})

describe('tars', () => {
  it('pass over names that lead out, links, devices and doubles, and say so', async () => {
    const file = put('bad.tar', await tar([
      { name: 'ok.jpg', bytes: jpeg },
      { name: 'ok.txt', bytes: 'fine' },
      { name: '../up.jpg', bytes: jpeg },
      { name: '/abs.jpg', bytes: jpeg },
      { name: 'sym.jpg', type: 'symlink', linkname: '/etc/passwd' },
      { name: 'hard.jpg', type: 'link', linkname: 'ok.jpg' },
      { name: 'dev.jpg', type: 'character-device' },
      { name: 'ok.jpg', bytes: Buffer.concat([jpeg, jpeg]) },
    ]))
    const { samples, problems } = await readBack(webdataset, file)
    expect(samples.map(({ key, captions, image }) => ({ key, text: captions[0]?.text, length: image?.place === 'member' && image.length }))).toEqual([{ key: 'ok', text: 'fine', length: jpeg.length }])
    expect(problems.map(({ problem }) => problem)).toEqual(["The member's name leads out of the folder.", "The member's name is an absolute path.", 'The member is a symlink, not a file.', 'The member is a link, not a file.', 'The member is a character device, not a file.', 'The archive holds two members of this name; the first one counts.'])
  })
  it('give what is whole before a cut, and say where it ends', async () => {
    const whole = await tar([{ name: 'a.jpg', bytes: jpeg }, { name: 'a.txt', bytes: 'one' }, { name: 'b.jpg', bytes: Buffer.alloc(5000, 1) }, { name: 'b.txt', bytes: 'two' }])
    const { samples, problems } = await readBack(webdataset, put('cut.tar', whole.subarray(0, 4000)))
    expect(keys(samples)).toEqual(['a'])
    expect(problems).toEqual([{ path: 'cut.tar', problem: expect.stringMatching(/^cut\.tar cannot be read on as a tar archive: /) }, { path: 'cut.tar/b', problem: expect.stringContaining('left out') }])
  })
  it('refuse negative and huge sizes', async () => {
    for (const size of [Buffer.from([0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x00]), Buffer.from('77777777777\0')]) {
      const bytes = await tar([{ name: 'a.txt', bytes: 'one' }, { name: 'b.jpg', bytes: jpeg }])
      size.copy(bytes, 1024 + 124)
      bytes.write('        ', 1024 + 148)
      const sum = bytes.subarray(1024, 1536).reduce((total, byte) => total + byte, 0)
      bytes.write(`${sum.toString(8).padStart(6, '0')}\0 `, 1024 + 148)
      const { samples, problems } = await readBack(webdataset, put('size.tar', bytes))
      expect(samples.every(({ key }) => key === 'a')).toBe(true)
      expect(problems.map(({ problem }) => problem).join(' ')).toMatch(/cannot be read on/)
    }
  })
  it('stop a gzip bomb', async () => {
    const bomb = gzipSync(await tar([{ name: 'a.jpg', bytes: jpeg }, { name: 'a.txt', bytes: 'one' }, { name: 'b.jpg', bytes: Buffer.alloc(60_000_000) }]), { level: 9 })
    const { samples, problems } = await readBack(webdataset, put('bomb.tar.gz', bomb))
    expect(keys(samples)).toEqual(['a'])
    expect(problems).toEqual([{ path: 'bomb.tar.gz', problem: expect.stringContaining('it unpacks to more than 100 times its size') }, { path: 'bomb.tar.gz/b', problem: expect.stringContaining('left out') }])
  })
  it('read a packed shard with its pictures', async () => {
    const { samples, problems } = await readBack(webdataset, put('good.tar.gz', gzipSync(await tar([{ name: 'a.jpg', bytes: jpeg }, { name: 'a.txt', bytes: 'one' }, { name: 'a.json', bytes: '{"caption":"one","similarity":0.3}' }]))))
    expect(problems).toEqual([])
    expect(samples).toEqual([{ key: 'a', captions: [{ text: 'one', kind: 'alt', origin: 'source' }], image: { place: 'bytes', bytes: jpeg, name: 'a.jpg' }, meta: { similarity: 0.3 }, at: { path: 'good.tar.gz/a' } }])
  })
  it('never crash on flipped bytes', async () => {
    const whole = await tar([{ name: 'a.jpg', bytes: jpeg }, { name: 'a.txt', bytes: 'one' }])
    for (let at = 0; at < whole.length - 1024; at += 7) {
      const bytes = Buffer.from(whole)
      bytes[at] ^= 0xff
      await readBack(webdataset, put('flip.tar', bytes)).catch((error: unknown) => expect(error).toMatchObject({ name: 'AppError' }))
    }
  })
})

describe('folders', () => {
  it('follow links inside and refuse links out of them', async () => {
    put('outside/secret.jpg', jpeg)
    put('links/real.jpg', jpeg)
    put('links/real.txt', 'real')
    symlinkSync(path.join(home, 'outside/secret.jpg'), path.join(home, 'links/out.jpg'))
    symlinkSync(path.join(home, 'links/real.jpg'), path.join(home, 'links/in.jpg'))
    symlinkSync(path.join(home, 'outside'), path.join(home, 'links/folder'))
    const { samples, problems } = await readBack(sidecar, path.join(home, 'links'))
    expect(keys(samples)).toEqual(['in.jpg', 'real.jpg'])
    expect(problems.map(({ path: at }) => at).sort()).toEqual(['folder', 'out.jpg'])
    const source = await openSource(path.join(home, 'links'))
    await expect(source.read('folder/secret.jpg')).rejects.toMatchObject({ code: 'refused' })
    for (const bad of ['../outside/secret.jpg', path.join(home, 'outside/secret.jpg'), 'a\0.jpg', 'C:\\x.jpg', '..\\x.jpg', '//server/x.jpg']) await expect(source.image(bad)).rejects.toMatchObject({ code: 'refused' })
    const wider = await openSource(path.join(home, 'links'), {}, { allow: [path.join(home, 'outside')] })
    expect(await wider.image('../outside/secret.jpg')).toMatchObject({ place: 'file' })
    expect(await wider.image('folder/secret.jpg')).toMatchObject({ place: 'file' })
  })
})
