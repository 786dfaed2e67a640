import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readBack } from './contract'
import { csv } from './csv'
import { sidecar } from './sidecar'

const NOBODY = 65_534
const root = mkdtempSync(path.join(tmpdir(), 'recaption-closed-'))
const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xd9])
const put = (name: string, bytes: string | Buffer = jpeg) => {
  mkdirSync(path.dirname(path.join(root, name)), { recursive: true })
  writeFileSync(path.join(root, name), bytes)
}
const closed = ['set/lost+found', 'set/b.txt', 'table/away']

// Root may read everything: as root these tests take another user's place.
const asRoot = process.geteuid?.() === 0
beforeAll(() => {
  for (const name of ['set/a.jpg', 'set/b.jpg', 'set/lost+found/c.jpg', 'table/away/d.jpg']) put(name)
  put('set/a.txt', 'a cat')
  put('set/b.txt', 'a dog')
  put('table/t.csv', 'image,caption\naway/d.jpg,a bird\nnone.jpg,a fish\n')
  for (const folder of ['', 'set', 'table']) chmodSync(path.join(root, folder), 0o755)
  for (const name of closed) chmodSync(path.join(root, name), 0)
  if (asRoot) process.seteuid?.(NOBODY)
})
afterAll(() => {
  if (asRoot) process.seteuid?.(0)
  for (const name of closed) chmodSync(path.join(root, name), 0o755)
  rmSync(root, { recursive: true })
})

describe.skipIf(process.geteuid === undefined)('a folder with parts that may not be read', () => {
  it('tells closed folders and caption files, and reads the rest', async () => {
    const { samples, problems } = await readBack(sidecar, path.join(root, 'set'))
    expect(samples.map(({ key, captions }) => [key, captions.map(({ text }) => text)])).toEqual([['a.jpg', ['a cat']], ['b.jpg', []]])
    expect(problems.map(({ path: at, problem }) => [at, problem])).toEqual([
      ['b.txt', '“b.txt” may not be read by this user. Change its permissions, or leave it out.'],
      ['lost+found', '“lost+found” may not be read by this user. Change its permissions, or leave it out.'],
    ])
  })
  it('tells the rows of a table whose pictures lie in a closed folder', async () => {
    const { samples, problems } = await readBack(csv, path.join(root, 'table', 't.csv'))
    expect(samples.map(({ key }) => key)).toEqual(['none.jpg'])
    expect(problems).toEqual([{ path: 't.csv', line: 2, problem: '“away/d.jpg” may not be read by this user. Change its permissions, or leave it out.' }])
  })
  it('says of a whole source that it may not be read', async () => {
    await expect(readBack(sidecar, path.join(root, 'set', 'lost+found'))).rejects.toMatchObject({ code: 'refused', message: expect.stringMatching(/lost\+found.*may not be read by this user/) as string })
  })
})
