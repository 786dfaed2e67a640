import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inRelease, readBack } from './contract'
import { csv } from './csv'
import { jsonl } from './jsonl'
import { parquet } from './parquet'
import { tsv } from './tsv'

let home = ''
beforeAll(() => {
  home = mkdtempSync(path.join(tmpdir(), 'recaption-table-'))
})
afterAll(() => rmSync(home, { recursive: true, force: true }))
const put = (name: string, bytes: Uint8Array | string) => {
  const file = path.join(home, name)
  writeFileSync(file, bytes)
  return file
}
const texts = (samples: readonly { captions: readonly { text: string }[] }[]) => samples.map(({ captions }) => captions[0]?.text)
const told = (problems: readonly { line?: number; problem: string }[]) => problems.map(({ line, problem }) => `${line}: ${problem}`)

describe('csv and tsv', () => {
  it('reads marks, UTF-16, and mixed line ends', async () => {
    const rows = 'url,caption\r\nhttps://e.org/1,"a\r\nb"\nhttps://e.org/2,ü\r\n\r\nhttps://e.org/3,c'
    const wide = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(rows, 'utf16le')])
    for (const bytes of [rows, `\ufeff${rows}`, wide, Buffer.from(wide).swap16()]) {
      const { samples, problems } = await readBack(csv, put('t.csv', bytes))
      expect(problems).toEqual([])
      expect(texts(samples)).toEqual(['a\r\nb', 'ü', 'c'])
      expect(samples.map(({ at }) => at?.line)).toEqual([2, 4, 6])
    }
    const old = await readBack(csv, put('mac.csv', 'url,caption\rhttps://e.org/1,a\rhttps://e.org/2,b\r'))
    expect(texts(old.samples)).toEqual(['a', 'b'])
  })
  it('tells ragged rows, open quotes, NUL, broken UTF-8 and long lines by their line, and reads the rest', async () => {
    const parts = ['url,caption', 'https://e.org/1,ok', 'https://e.org/2', 'https://e.org/3,a,b', 'https://e.org/4,"open', 'https://e.org/5,nul\0', 'https://e.org/6,ok', `https://e.org/7,${'x'.repeat(1_100_000)}`, `https://e.org/8,"${'y'.repeat(3_000_000)}"`, 'https://e.org/9,ok', `https://e.org/10,${'z'.repeat(16_000_000)}`]
    const bytes = Buffer.concat([Buffer.from(`${parts.join('\n')}\nhttps://e.org/11,caf`), Buffer.from([0xe9]), Buffer.from('\nhttps://e.org/12,last')])
    const { samples, problems } = await readBack(csv, put('bad.csv', bytes))
    expect(texts(samples)).toEqual(['ok', 'ok', 'ok', 'last'])
    expect(told(problems)).toEqual([
      '3: The line has 1 cells; the table has 2 columns.',
      '4: The line has 3 cells; the table has 2 columns.',
      expect.stringMatching(/^5: A quote in this line is not closed/),
      '6: The caption in column “caption” contains a NUL character.',
      expect.stringMatching(/^8: .*longer than 1,000,000 characters/),
      expect.stringMatching(/^9: /),
      '11: The line is longer than 16,000,000 characters.',
      '12: The caption in column “caption” contains bytes or characters that are not valid Unicode.',
    ])
  })
  it('refuses paths that lead out, row by row', async () => {
    const { samples, problems } = await readBack(csv, put('paths.csv', 'image,caption\n../../etc/passwd,a\n/etc/passwd,b\nC:\\x.jpg,c\nthere.jpg,d\n'))
    expect(samples).toEqual([{ key: 'there.jpg', missing: 'there.jpg', captions: [{ text: 'd', kind: 'alt', origin: 'source' }], at: { path: 'paths.csv', line: 5 } }])
    expect(problems.map(({ line }) => line)).toEqual([2, 3, 4])
  })
  it('knows an empty alt text from a caption', async () => {
    const { samples } = await readBack(csv, put('empty.csv', 'url,alt\nhttps://e.org/1,\nhttps://e.org/2,"  "\nhttps://e.org/3,x\n'))
    expect(samples.map(({ captions, emptyAlt }) => [captions.length, emptyAlt])).toEqual([[0, true], [0, true], [1, undefined]])
  })
  it('reads CC3M and CC12M, which have no header and no quotes', async () => {
    const cc3m = await readBack(tsv, put('cc3m.tsv', 'a "big" dog\thttps://e.org/1.jpg\n"quoted" cat\thttps://e.org/2.jpg\n"open quote\thttps://e.org/3.jpg\n'))
    expect(cc3m.problems).toEqual([])
    expect(cc3m.samples.map(({ key, captions }) => [key, captions[0].text])).toEqual([['https://e.org/1.jpg', 'a "big" dog'], ['https://e.org/2.jpg', '"quoted" cat'], ['https://e.org/3.jpg', '"open quote']])
    const cc12m = await readBack(tsv, put('cc12m.tsv', 'https://e.org/1.jpg\tone\nhttps://e.org/2.jpg\ttwo\n'))
    expect(texts(cc12m.samples)).toEqual(['one', 'two'])
  })
  it('reads the tab-separated csv of open_clip', async () => {
    const { samples } = await readBack(csv, put('clip.csv', 'filepath\ttitle\na.jpg\tone, two\n'))
    expect(samples).toMatchObject([{ key: 'a.jpg', captions: [{ text: 'one, two' }] }])
  })
  it('names the columns there are when none fits', async () => {
    await expect(readBack(csv, put('odd.csv', 'x,y\n1,2\n'))).rejects.toMatchObject({ code: 'invalid', message: expect.stringContaining('x, y') })
    await expect(readBack(csv, put('odd.csv', 'x,y\n1,2\n'), { captions: [{ column: 'z', kind: 'alt', origin: 'source' }] })).rejects.toMatchObject({ message: 'odd.csv has no column “z”. It has: x, y.' })
  })
  it('writes no formula in the spreadsheet profile', async () => {
    const starts = ['=1+1', '+1', '-1', '@x', '\tx', '\rx']
    await inRelease(csv, starts.map((text, at) => ({ key: `${text}${at}`, chosen: { kind: 'short', origin: 'model', text }, candidates: [], url: `=${text}` })), async (folder) => {
      const { readFileSync } = await import('node:fs')
      const { parse } = await import('csv-parse/sync')
      const rows = parse(readFileSync(path.join(folder, 'data.csv')), { relax_column_count: false }) as string[][]
      expect(rows).toHaveLength(7)
      for (const cell of rows.flat()) expect(cell).not.toMatch(/^[=+\-@\t\r]/)
    }, { profile: 'spreadsheet' })
  })
})

describe('jsonl', () => {
  it('takes a caption of a megabyte whole, and refuses a longer one by its line', async () => {
    const longest = '字 '.repeat(499_900)
    const { samples, problems } = await readBack(jsonl, put('long.jsonl', [longest, `${longest}${'x'.repeat(300)}`].map((caption, at) => JSON.stringify({ url: `https://e.org/${at}`, caption })).join('\n')))
    expect(samples.map(({ captions }) => captions[0].text === longest)).toEqual([true])
    expect(told(problems)).toEqual([expect.stringMatching(/^2: .*1,000,000 characters/)])
  })
  it('tells bad lines and reads the rest', async () => {
    const deep = `{"url":"https://e.org/d","caption":"x","a":${'['.repeat(80)}${']'.repeat(80)}}`
    const lines = ['{"url":"https://e.org/1","caption":"one"}', '{"url":"https://e.org/2","caption":"two",}', '[1]', deep, `{"url":"https://e.org/3","caption":"${'x'.repeat(1_000_001)}"}`, '{"url":"https://e.org/4","caption":"a\\u0000b"}', '{"url":"https://e.org/5","caption":"\\ud800"}', '{"url":"https://e.org/6","caption":"","__proto__":{"polluted":1}}', '{"url":"https://e.org/7","captions":["a","b",""],"note":null}', `${'['.repeat(400_000)}`]
    const { samples, problems } = await readBack(jsonl, put('bad.jsonl', lines.join('\n')))
    expect(samples.map(({ key, captions, emptyAlt }) => [key, captions.map(({ text }) => text), emptyAlt])).toEqual([['https://e.org/1', ['one'], undefined], ['https://e.org/6', [], true], ['https://e.org/7', ['a', 'b'], undefined]])
    expect(problems.map(({ line }) => line)).toEqual([2, 3, 4, 5, 6, 7, 10])
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
    expect(problems[2].problem).toBe('The JSON is nested deeper than 64 levels.')
  })
  it('takes the captions of other models for what they are', async () => {
    const rows = [
      { uid: 'u1', url: 'https://e.org/1', original_caption: 'alt', vlm_model: 'gemini-pro-vision', vlm_caption: 'A long one.', original_width: 10, original_height: 20, aesthetic_score: 5 },
      { uid: 'u2', url: 'https://e.org/2', original_caption: 'alt two', vlm_model: 'other', vlm_caption: 'Another.' },
    ]
    const { samples } = await readBack(jsonl, put('pixelprose.jsonl', rows.map((row) => JSON.stringify(row)).join('\n')))
    expect(samples[0]).toEqual({ key: 'u1', image: { place: 'url', url: 'https://e.org/1' }, captions: [{ text: 'alt', kind: 'alt', origin: 'source' }, { text: 'A long one.', kind: 'detailed', origin: 'model', model: 'gemini-pro-vision' }], width: 10, height: 20, meta: { aesthetic_score: 5 }, at: { path: 'pixelprose.jsonl', line: 1 } })
    expect(samples[1].captions[1].model).toBe('other')
  })
})

describe('parquet', () => {
  it('reads nested, empty and dictionary columns as another writer makes them', async () => {
    const { DuckDBInstance } = await import('@duckdb/node-api')
    const file = path.join(home, 'nested.parquet')
    const duck = await (await DuckDBInstance.create(':memory:')).connect()
    await duck.run(`COPY (SELECT 'https://e.org/' || i AS url,
        CASE i % 4 WHEN 0 THEN NULL WHEN 1 THEN '' ELSE 'caption ' || (i % 3) END AS caption,
        (CASE i % 3 WHEN 0 THEN 'cc0' WHEN 1 THEN 'by' END)::ENUM('cc0', 'by') AS licence,
        {'score': i / 2.0, 'boxes': [{'x': i, 'label': 'dog'}], 'none': NULL::INTEGER} AS facts,
        [i, NULL, i + 1] AS numbers, MAP {'a': i} AS named, DATE '2026-01-01' + i::INTEGER AS day, i::HUGEINT AS big, NULL::VARCHAR AS nothing, 'ab'::BLOB AS raw
      FROM range(1, 2001) t(i)) TO '${file}' (FORMAT parquet, ROW_GROUP_SIZE 700)`)
    duck.closeSync()
    const { samples, problems } = await readBack(parquet, file)
    expect(problems).toEqual([])
    expect(samples).toHaveLength(2000)
    expect(samples.slice(0, 4).map(({ captions, emptyAlt }) => [captions[0]?.text, emptyAlt])).toEqual([[undefined, true], ['caption 2', undefined], ['caption 0', undefined], [undefined, true]])
    expect(samples[1].meta).toMatchObject({ facts: { score: 1, boxes: [{ x: 2, label: 'dog' }] }, numbers: [2, null, 3], named: { a: 2 } })
    expect(samples[1].meta).not.toHaveProperty('nothing')
    expect([samples[0].meta?.licence, samples[1].meta?.licence, samples[2].meta?.licence]).toEqual(['by', undefined, 'cc0'])
  })
  const samples = Array.from({ length: 40 }, (_, at) => ({ key: `k${at}`, chosen: { kind: 'short', origin: 'model', text: `caption ${at % 5}` }, candidates: [], url: `https://e.org/${at}`, width: 10, height: 20 }))
  it('ends cleanly on cut and flipped files', async () => {
    const { readFileSync } = await import('node:fs')
    const whole = await inRelease(parquet, samples, async (folder) => readFileSync(path.join(folder, 'data-00000.parquet')))
    const tried = async (bytes: Uint8Array) => {
      try {
        return (await readBack(parquet, put('bad.parquet', bytes))).samples.length
      } catch (error) {
        expect(error).toMatchObject({ name: 'AppError' })
        return 'refused'
      }
    }
    expect(await tried(whole)).toBe(40)
    for (const length of [1, 4, 11, whole.length >> 1, whole.length - 1]) expect(await tried(whole.subarray(0, length))).toBe('refused')
    const footer = Buffer.from(whole)
    footer.writeUInt32LE(0x7fffffff, whole.length - 8)
    expect(await tried(footer)).toBe('refused')
    const flips = fc.sample(fc.tuple(fc.nat(whole.length - 1), fc.nat(7)), { numRuns: 200, seed: 3 })
    const results = []
    for (const [at, bit] of flips) {
      const bytes = Buffer.from(whole)
      bytes[at] ^= 1 << bit
      results.push(await tried(bytes))
    }
    expect(results).toHaveLength(200)
  })
})
