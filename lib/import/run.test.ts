import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freshHome } from '@/lib/testing'

let home: string
let remove: () => Promise<void>
let importNow: typeof import('./run').importNow
let sql: import('better-sqlite3').Database
let drawn: (shade: number) => Promise<Uint8Array>
beforeAll(async () => {
  ;({ home, remove } = await freshHome())
  ;({ importNow } = await import('./run'))
  sql = (await import('@/lib/db')).bulk()
  const { encodePixels } = await import('@/lib/media/picture')
  drawn = async (shade) => (await encodePixels({ data: Uint8Array.from({ length: 24 * 16 * 3 }, (_, i) => (i * 7 + shade * 13) % 256), width: 24, height: 16 }, 'png')).bytes
})
afterAll(() => remove())

let nth = 0
async function folder(files: Record<string, string | Uint8Array | number>): Promise<string> {
  const root = path.join(home, `source-${++nth}`)
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true })
    writeFileSync(path.join(root, name), typeof content === 'number' ? await drawn(content) : content)
  }
  return root
}
const bring = (source: string, dataset: string, more: object = {}) => importNow({ source, dataset, copy: false, ...more }, { trusted: true })
const rows = (dataset: string) =>
  sql.prepare(`SELECT s.key, m.width, m.height, m.mime, m.place, (SELECT group_concat(c.text, '|') FROM (SELECT text FROM Caption WHERE sampleId = s.id ORDER BY id) c) AS captions, s.meta FROM Sample s JOIN Dataset d ON d.id = s.datasetId LEFT JOIN Media m ON m.id = s.mediaId WHERE d.name = ? ORDER BY s.position, s.id`).all(dataset) as { key: string; width: number; height: number; mime: string; place: string; captions: string | null; meta: string | null }[]

describe('an import', () => {
  it('brings pictures with their captions, and again adds nothing', async () => {
    const root = await folder({ 'a.png': 1, 'a.txt': 'a red boat', 'sub/b.png': 2, 'sub/b.txt': 'two dogs', 'c.png': 3, 'c.txt': ' \n' })
    const first = await bring(root, 'pairs')
    expect(first).toMatchObject({ added: 3, skipped: 0, captions: 2, problems: [] })
    expect(rows('pairs').map(({ key, width, height, mime, place, captions }) => ({ key, width, height, mime, place, captions }))).toEqual([
      { key: 'a.png', width: 24, height: 16, mime: 'image/png', place: 'file', captions: 'a red boat' },
      { key: 'c.png', width: 24, height: 16, mime: 'image/png', place: 'file', captions: null },
      { key: 'sub/b.png', width: 24, height: 16, mime: 'image/png', place: 'file', captions: 'two dogs' },
    ])
    expect(sql.prepare(`SELECT rule, s.key FROM Flag f JOIN Sample s ON s.id = f.sampleId`).all()).toEqual([{ rule: 'empty', key: 'c.png' }])
    expect(sql.prepare(`SELECT count(*) FROM caption_fts WHERE caption_fts MATCH '"boat"'`).pluck().get()).toBe(1)
    expect(await bring(root, 'pairs')).toMatchObject({ added: 0, skipped: 3, captions: 0, problems: [] })
    expect(rows('pairs')).toHaveLength(3)
    expect(sql.prepare(`SELECT kind, origin, standing, words FROM Caption WHERE text = 'a red boat'`).all()).toEqual([{ kind: 'alt', origin: 'source', standing: 'pending', words: 3 }])
  })

  it('lists what it cannot read with place and reason, and takes the rest', async () => {
    const whole = await drawn(9)
    const root = await folder({
      'good.png': 4, 'cut.png': whole.subarray(0, whole.length - 20), 'empty.jpg': '', 'page.jpg': '<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>', 'really-a-png.jpg': 5,
      'table.csv': ['file_name,text,tag', 'good.png,a good one,x', 'cut.png,cut,x', 'empty.jpg,empty,x', 'page.jpg,page,x', 'nowhere.png,gone,x', '../../etc/passwd,out,x', 'really-a-png.jpg,mislabelled,"y ""z"""'].join('\n'),
    })
    const done = await bring(path.join(root, 'table.csv'), 'faults')
    expect(done.added).toBe(2)
    expect(rows('faults').map(({ key, mime, captions }) => [key, mime, captions])).toEqual([['good.png', 'image/png', 'a good one'], ['really-a-png.jpg', 'image/png', 'mislabelled']])
    const why = Object.fromEntries(done.problems.map((one) => [one.line, one.why]))
    expect(why[3]).toMatch(/“cut\.png” was not taken\. Cut off or damaged/)
    expect(why[4]).toMatch(/Empty: a picture of 0 bytes/)
    expect(why[5]).toMatch(/Not a picture that can be read/)
    expect(why[6]).toMatch(/no picture at “nowhere\.png”/)
    expect(why[7]).toMatch(/leads out of the folder/)
    expect(done.problems).toHaveLength(5)
    expect(JSON.parse(rows('faults')[1].meta!)).toEqual({ tag: 'y "z"' })
    const again = await bring(path.join(root, 'table.csv'), 'faults')
    expect(again).toMatchObject({ added: 0, skipped: 2, problemCount: 5 })
  })

  it('takes further captions of a repeated key and refuses another picture for it', async () => {
    const root = await folder({ 'a.png': 1, 'b.png': 2, 'rows.jsonl': [{ id: 'k', image: 'a.png', text: 'one' }, { id: 'k', image: 'a.png', text: 'two' }, { id: 'k', image: 'a.png', text: 'one' }, { id: 'k', image: 'b.png', text: 'three' }].map((row) => JSON.stringify(row)).join('\n') })
    const done = await bring(path.join(root, 'rows.jsonl'), 'repeats', { key: 'id' })
    expect(done).toMatchObject({ added: 1, captions: 2, skipped: 0 })
    expect(await bring(path.join(root, 'rows.jsonl'), 'repeats', { key: 'id' })).toMatchObject({ added: 0, captions: 0, skipped: 1 })
    expect(done.problems).toEqual([{ path: 'rows.jsonl', line: 4, why: expect.stringContaining('another picture') }])
    expect(rows('repeats').map((row) => row.captions)).toEqual(['one|two'])
  })

  it('lists a row that names no picture, and leaves no dataset behind when the source cannot be read at all', async () => {
    const root = await folder({ 'a.png': 3, 'rows.csv': 'path,text\na.png,one\n,two\n' })
    expect(await bring(path.join(root, 'rows.csv'), 'blank')).toMatchObject({ added: 1, problems: [{ path: 'rows.csv', line: 3, why: expect.stringContaining('names no picture') as string }] })
    await expect(bring(path.join(root, 'rows.csv'), 'unread', { image: 'nowhere' })).rejects.toMatchObject({ code: 'invalid' })
    expect(sql.prepare(`SELECT count(*) FROM Dataset WHERE name = 'unread'`).pluck().get()).toBe(0)
    await expect(bring(path.join(root, 'rows.csv'), 'blank', { image: 'nowhere' })).rejects.toMatchObject({ code: 'invalid' })
    expect(rows('blank')).toHaveLength(1)
  })

  it('shares one picture between keys with the same bytes', async () => {
    const root = await folder({ 'a.png': 6, 'copy of a.png': 6 })
    await bring(root, 'twins')
    expect(sql.prepare(`SELECT count(DISTINCT s.mediaId) FROM Sample s JOIN Dataset d ON d.id = s.datasetId WHERE d.name = 'twins'`).pluck().get()).toBe(1)
  })

  it('takes URLs as they are, with the size that the table states', async () => {
    const root = await folder({ 'laion.csv': 'URL,TEXT,WIDTH,HEIGHT,similarity\nhttps://pictures.example/1.jpg,first,640,480,0.31\nhttps://pictures.example/2.jpg,,1,2,0.2\n' })
    expect(await bring(path.join(root, 'laion.csv'), 'urls')).toMatchObject({ added: 2, captions: 1, problems: [] })
    expect(rows('urls')[0]).toMatchObject({ place: 'url', width: 640, height: 480, captions: 'first' })
  })

  it('copies into our own store, and reads back what it stored', async () => {
    const root = await folder({ 'a.png': 7, 'a.txt': 'copied' })
    await bring(root, 'copied', { copy: true })
    const bytes = readFileSync(path.join(root, 'a.png'))
    rmSync(root, { recursive: true })
    const { bytesOf, mediaById } = await import('@/lib/media/store')
    const id = sql.prepare(`SELECT mediaId FROM Sample s JOIN Dataset d ON d.id = s.datasetId WHERE d.name = 'copied'`).pluck().get() as number
    expect(Buffer.from(await bytesOf(mediaById(id))).equals(bytes)).toBe(true)
  })

  it('keeps keys of any name a file may have', async () => {
    const names = [`it's "quoted" (1).png`, 'two\nlines.png', '🦊 fox.png', `${'x'.repeat(251)}.png`, '-rf.png', '=cmd.png', 'con.png', '\u00fc.png', 'u\u0308.png', '%2e%2e.png']
    const root = await folder(Object.fromEntries(names.map((name, i) => [name, 20 + i])))
    const done = await bring(root, 'names')
    expect(done.problems).toEqual([])
    expect(rows('names').map((row) => row.key).sort()).toEqual([...names].sort())
  })

  it('refuses a source outside the folders that may be read, unless a person gave it', async () => {
    const root = await folder({ 'a.png': 8 })
    await expect(importNow({ source: root, dataset: 'outside', copy: false })).rejects.toMatchObject({ code: 'refused' })
    await bring(root, 'outside')
    await expect(importNow({ source: root, dataset: 'outside', copy: false })).resolves.toMatchObject({ skipped: 1 })
  })

  it('says what is wrong with a source that is not there or not known', async () => {
    await expect(bring(path.join(home, 'nothing'), 'x')).rejects.toMatchObject({ code: 'not_found' })
    const root = await folder({ 'notes.md': 'hello' })
    await expect(bring(root, 'x')).rejects.toThrow(/No format is recognised .* notes\.md.* Name one with --format/)
  })
})

it('shows the mapping that the rows are read by, also when nothing of it was said', async () => {
  const { previewImport } = await import('./preview')
  const table = path.join(home, 'shown.csv')
  writeFileSync(table, 'image,uid,alt\nhttps://e.example/a.jpg,one,A bus.\n')
  expect((await previewImport({ source: table }, { trusted: true })).mapping).toMatchObject({ image: 'image', key: 'uid', captions: [{ column: 'alt', kind: 'alt' }] })
})
