import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { freshHome } from '@/lib/testing'

let home: string
let remove: () => Promise<void>
let sql: import('better-sqlite3').Database
let sync: typeof import('./sync')
let importNow: typeof import('./run').importNow
let png: (shade: number) => Promise<Uint8Array>
beforeAll(async () => {
  ;({ home, remove } = await freshHome())
  sql = (await import('@/lib/db')).bulk()
  sync = await import('./sync')
  ;({ importNow } = await import('./run'))
  const { encodePixels } = await import('@/lib/media/picture')
  png = async (shade) => (await encodePixels({ data: new Uint8Array(8 * 8 * 3).fill(shade), width: 8, height: 8 }, 'png')).bytes
})
afterAll(() => remove())

let nth = 0
let root: string
let name: string
let dataset: number
beforeEach(async () => {
  name = `set ${++nth}`
  root = path.join(home, `pairs-${nth}`)
  mkdirSync(root)
  for (const [i, stem] of ['a', 'b', 'c'].entries()) {
    writeFileSync(path.join(root, `${stem}.png`), await png(nth * 20 + i))
    writeFileSync(path.join(root, `${stem}.txt`), `first ${stem}\n`)
  }
  await bring()
  dataset = sql.prepare('SELECT id FROM Dataset WHERE name = ?').pluck().get(name) as number
})
const bring = () => importNow({ source: root, dataset: name, copy: false }, { trusted: true })
const file = (stem: string) => path.join(root, `${stem}.txt`)
const texts = (stem: string) => sql.prepare(`SELECT c.text FROM Caption c JOIN Sample s ON s.id = c.sampleId WHERE s.datasetId = ? AND s.key = ? ORDER BY c.id`).pluck().all(dataset, `${stem}.png`)
const approve = (stem: string, text: string) => {
  const sample = sql.prepare('SELECT id FROM Sample WHERE datasetId = ? AND key = ?').pluck().get(dataset, `${stem}.png`)
  sql.prepare(`INSERT INTO Caption (datasetId, sampleId, text, kind, origin, standing, words, textHash, createdAt) VALUES (?, ?, ?, 'alt', 'human', 'approved', 2, 'x', 'now')`).run(dataset, sample, text)
}

it('makes a changed caption file a conflict, not a caption, until it is decided', async () => {
  writeFileSync(file('a'), 'second a')
  rmSync(file('b'))
  const again = await bring()
  expect(again.problems).toEqual([{ path: file('a'), why: expect.stringContaining('changed since it was imported') }])
  expect(texts('a')).toEqual(['first a'])
  const conflicts = await sync.sidecarConflicts(dataset)
  expect(conflicts.map(({ key, theirs, ours }) => [key, theirs, ours])).toEqual([['a.png', 'second a', 'first a'], ['b.png', undefined, 'first b']])
  await sync.decideConflict(conflicts[0].id, 'theirs')
  expect(texts('a')).toEqual(['first a', 'second a'])
  expect((await sync.sidecarConflicts(dataset)).map(({ key }) => key)).toEqual(['b.png'])
  await expect(sync.decideConflict(conflicts[1].id, 'ours')).rejects.toMatchObject({ code: 'not_found' })
})

it('reads a changed caption file as an import does: UTF-16 by its mark, and bytes of an older time not at all', async () => {
  const words = '窓辺の猫が外を見ている'
  writeFileSync(file('a'), Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(words, 'utf16le')]))
  writeFileSync(file('b'), Buffer.from('caf\xe9', 'latin1'))
  const [a, b] = await sync.sidecarConflicts(dataset)
  expect([a.theirs, b.theirs]).toEqual([words, 'caf\ufffd'])
  await sync.decideConflict(a.id, 'theirs')
  expect(texts('a')).toEqual(['first a', words])
  await expect(sync.decideConflict(b.id, 'theirs')).rejects.toMatchObject({ code: 'invalid', message: expect.stringMatching(/not valid Unicode.*Write it as UTF-8/) as string })
  expect(texts('b')).toEqual(['first b'])
  approve('a', words)
  expect(await sync.writeBack(dataset, { kind: 'alt' })).toMatchObject({ unchanged: 1, written: 0 })
  expect(readFileSync(file('a'))[0]).toBe(0xff)
})

it('writes decided captions back, never over a file that changed since', async () => {
  approve('a', 'decided a')
  approve('b', 'decided b')
  writeFileSync(file('b'), 'edited elsewhere')
  const first = await sync.writeBack(dataset, { kind: 'alt' })
  expect(first).toMatchObject({ written: 1, unchanged: 0, undecided: 1, conflicts: [{ key: 'b.png', theirs: 'edited elsewhere', ours: 'decided b' }] })
  expect(readFileSync(file('a'), 'utf8')).toBe('decided a\n')
  expect(readFileSync(file('b'), 'utf8')).toBe('edited elsewhere')
  expect(readFileSync(file('c'), 'utf8')).toBe('first c\n')
  await sync.decideConflict(first.conflicts[0].id, 'ours')
  expect(await sync.writeBack(dataset, { kind: 'alt' })).toMatchObject({ written: 1, unchanged: 1, conflicts: [] })
  expect(readFileSync(file('b'), 'utf8')).toBe('decided b\n')
})

it('does not follow a caption file that became a link out of the folder', async () => {
  const elsewhere = path.join(home, `elsewhere-${nth}.txt`)
  writeFileSync(elsewhere, 'first a\n')
  rmSync(file('a'))
  symlinkSync(elsewhere, file('a'))
  approve('a', 'decided a')
  await expect(sync.writeBack(dataset, { kind: 'alt' })).rejects.toMatchObject({ code: 'refused' })
  expect(readFileSync(elsewhere, 'utf8')).toBe('first a\n')
})
