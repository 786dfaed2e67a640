import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshHome } from '@/lib/testing'

// What people bring must be releasable in every format: the source's own columns, splits, paths, kinds and long texts.

let home: string
let remove: () => Promise<void>
let run: typeof import('./run')
let imports: typeof import('@/lib/import/run')
let picture: (seed: number) => Promise<Uint8Array>
beforeAll(async () => {
  ;({ home, remove } = await freshHome())
  run = await import('./run')
  imports = await import('@/lib/import/run')
  const { encodePixels } = await import('@/lib/media/picture')
  picture = async (seed) => (await encodePixels({ data: new Uint8Array(192).map((_, i) => (i * (seed + 1)) % 256), width: 8, height: 8 }, 'png')).bytes
})
afterAll(() => remove())

const WRITERS = ['jsonl', 'csv', 'tsv', 'parquet', 'webdataset', 'imagefolder', 'sidecar', 'coco', 'kohya', 'llava', 'img2dataset']
let releases = 0
const out = () => path.join(home, 'out', String(++releases))

function put(folder: string, files: Record<string, string | Uint8Array>): string {
  for (const [name, bytes] of Object.entries(files)) {
    const file = path.join(home, folder, name)
    mkdirSync(path.dirname(file), { recursive: true })
    writeFileSync(file, bytes)
  }
  return path.join(home, folder)
}
const bring = (dataset: string, source: string) => imports.importNow({ source, dataset, copy: false }, { trusted: true })
const release = async (dataset: string, format: string, more: object = {}) => {
  const made = await run.exportNow({ dataset, format, standings: ['pending', 'approved'], out: out(), ...more }, { anywhere: true }).catch((error: Error) => ({ samples: `${format}: ${error.message}`, path: '' }))
  return { samples: made.samples, path: made.path }
}
async function everywhere(dataset: string, samples: number, formats: readonly string[], more: object = {}) {
  for (const format of formats) expect((await release(dataset, format, more)).samples, `${dataset} as ${format} ${JSON.stringify(more)}`).toBe(samples)
}

test('the address that a picture was downloaded from goes along in every format that has a place for it', async () => {
  const about = { url: 'https://e.example/1.jpg', caption: 'A dog', key: '000000000', status: 'success', width: 8, height: 8 }
  await bring('downloaded', put('downloaded', { '00000/000000000.jpg': await picture(1), '00000/000000000.txt': 'A dog', '00000/000000000.json': JSON.stringify(about), '00000_stats.json': '{"count":1}' }))
  await everywhere('downloaded', 1, WRITERS)
  await everywhere('downloaded', 1, ['jsonl', 'csv', 'parquet'], { images: 'reference' })
  expect(readFileSync(path.join((await release('downloaded', 'img2dataset')).path, 'img2dataset.csv'), 'utf8')).toContain('000000000,https://e.example/1.jpg,A dog,')
  await bring('again', (await release('downloaded', 'webdataset')).path)
  await everywhere('again', 1, WRITERS)
})

test('splits that are asked for take the place of those that came with the data', async () => {
  await bring('split', put('split', { 'train/a.png': await picture(2), 'test/b.png': await picture(3), 'train/metadata.jsonl': '{"file_name":"a.png","text":"one"}\n', 'test/metadata.jsonl': '{"file_name":"b.png","text":"two"}\n' }))
  await everywhere('split', 2, WRITERS)
  await everywhere('split', 2, WRITERS, { splits: { fresh: 1 } })
  await everywhere('split', 2, ['imagefolder', 'jsonl', 'csv'], { splits: { fresh: 1 }, images: 'relative' })
})

test('pictures may begin after the first samples', async () => {
  await bring('mixed', path.join(put('rows', { 't.jsonl': Array.from({ length: 20 }, (_, i) => `${JSON.stringify({ key: `k${i}`, text: `caption ${i}` })}\n`).join('') }), 't.jsonl'))
  await bring('mixed', put('late', { 'z.png': await picture(4), 'z.txt': 'a z' }))
  await everywhere('mixed', 21, ['parquet', 'webdataset', 'jsonl'])
})

test('keys that are paths of their machine are released by reference', async () => {
  const pictures = put('pictures', { 'x.png': await picture(5), 'y.png': await picture(6) })
  await bring('below', pictures)
  const table = path.join(put('table', { 't.csv': `image,caption\n${pictures}/x.png,an x\n../pictures/y.png,a y\n` }), 't.csv')
  expect((await bring('absolute', table)).problems).toEqual([])
  await everywhere('absolute', 2, ['jsonl', 'csv', 'parquet', 'imagefolder', 'coco', 'kohya', 'llava'], { images: 'reference' })
})

test('two pictures with one caption file are two samples, now and at the next import', async () => {
  const folder = put('twin', { 'a.png': await picture(7), 'a.txt': 'one' })
  await bring('twin', folder)
  put('twin', { 'a.jpg': await picture(8) })
  expect(await bring('twin', folder)).toMatchObject({ added: 1, skipped: 1, problems: [] })
  expect(await bring('twin', folder)).toMatchObject({ added: 0, skipped: 2, problems: [] })
  await everywhere('twin', 2, ['sidecar', 'webdataset'])
})

test('a kind or model that another tool named can be released everywhere', async () => {
  const answer = { id: '1', kind: 'Complex reasoning', model: '@cf/llava', conversations: [{ from: 'human', value: 'What?' }, { from: 'gpt', value: 'A bus.' }] }
  await bring('named', put('named', { 'l.json': JSON.stringify([answer]) }))
  await everywhere('named', 1, WRITERS)
  await everywhere('named', 1, ['csv', 'tsv'], { profile: 'spreadsheet' })
})

test('a name that no database keeps is a problem, so that importing again adds nothing', async () => {
  const row = (key: string, model: string) => JSON.stringify({ key, chosen: { kind: 'short', origin: 'model', text: 'A cat.' }, candidates: [{ kind: 'short', origin: 'model', text: 'A cat.', model }] })
  const source = path.join(put('odd', { 'data.jsonl': `${row('a', 'x\\ud800').replace('\\\\', '\\')}\n${row('b', 'a\0b')}\n${row('c', 'vl')}\n` }), 'data.jsonl')
  const once = await bring('odd', source)
  expect(once).toMatchObject({ added: 1, captions: 1 })
  expect(once.problems.map(({ line, why }) => [line, why])).toEqual([[1, 'The name of a model contains bytes or characters that are not valid Unicode.'], [2, 'The name of a model contains a NUL character.']])
  expect(await bring('odd', source)).toMatchObject({ added: 0, captions: 0 })
})

test('the longest caption and the deepest column that an import takes are read back', async () => {
  const deep = (levels: number): unknown => (levels === 0 ? 'end' : [deep(levels - 1)])
  const row = (key: string, more: object) => `${JSON.stringify({ key, text: 'short', ...more })}\n`
  const done = await bring('long', path.join(put('long', { 't.jsonl': row('a', { text: 'w "'.repeat(300_000) }) + row('b', { deep: deep(62) }) + row('c', { wide: 'x'.repeat(900_000) }) }), 't.jsonl'))
  expect(done).toMatchObject({ added: 3, problems: [] })
  await everywhere('long', 3, WRITERS)
})

test('a key may be named like the folder of another', async () => {
  const rows = `key,image,caption\na.jpg,one.png,one\na.jpg/b.jpg,two.png,two\na.txt/c,three.png,three\na,four.png,four\n`
  const pictures = Object.fromEntries(await Promise.all(['one', 'two', 'three', 'four'].map(async (name, i) => [`${name}.png`, await picture(20 + i)])))
  const folder = put('nested', { ...pictures, 't.csv': rows })
  expect(await bring('nested', path.join(folder, 't.csv'))).toMatchObject({ added: 4, problems: [] })
  await everywhere('nested', 4, WRITERS)
})
