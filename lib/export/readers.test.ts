import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { parse } from 'csv-parse/sync'
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet'
import { compressors } from 'hyparquet-compressors'
import Papa from 'papaparse'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { pick } from '@/lib/blend/pick'
import { BlendSpec } from '@/lib/blend/schema'
import { formats } from '@/lib/format'
import { freshHome } from '@/lib/testing'

/** What another program finds in a release: a caption a sample, and pictures that are there. */
type Found = { text: string; key?: string; picture?: string | Uint8Array }

const read = (folder: string, name: string) => readFileSync(path.join(folder, name), 'utf8')
const files = (folder: string, end: string) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith(end)).map((name) => path.join(folder, name)).sort()
async function duck(sql: string): Promise<Record<string, unknown>[]> {
  const connection = await (await DuckDBInstance.create(':memory:')).connect()
  try {
    return (await connection.runAndReadAll(sql)).getRowObjectsJson()
  } finally {
    connection.closeSync()
  }
}
const duckCsv = (file: string, delim: string) => duck(`SELECT * FROM read_csv('${file}', delim = '${delim}', quote = '"', escape = '"', header = true, all_varchar = true, parallel = false)`)
const cells = (rows: readonly Record<string, unknown>[], text: string): Found[] => rows.map((row) => ({ text: String(row[text] ?? ''), ...(typeof row.key === 'string' && { key: row.key }), ...(typeof row.image === 'string' && row.image && { picture: row.image }) }))

/** Each format by programs that are not ours. */
const readers: Record<string, ((folder: string) => Promise<Found[]> | Found[])[]> = {
  sidecar: [(folder) => files(folder, '.txt').map((file) => ({ text: readFileSync(file, 'utf8'), picture: path.relative(folder, file.replace(/\.txt$/, '.png')) }))],
  imagefolder: [
    async (folder) => (await duck(`SELECT * FROM read_json('${path.join(folder, 'metadata.jsonl')}', format = 'newline_delimited')`)).map((row) => ({ text: String(row.text), key: String(row.key), picture: String(row.file_name) })),
    (folder) => read(folder, 'metadata.jsonl').trimEnd().split('\n').map((line) => JSON.parse(line) as { text: string; key: string; file_name: string }).map((row) => ({ ...row, picture: row.file_name })),
  ],
  parquet: [
    async (folder) => cells(await duck(`SELECT key, text FROM read_parquet('${folder}/*.parquet')`), 'text'),
    async (folder) => {
      const out: Found[] = []
      for (const file of files(folder, '.parquet')) {
        const rows = (await parquetReadObjects({ file: await asyncBufferFromFile(file), compressors, utf8: false })) as { key: unknown; text: unknown; image: { bytes: Uint8Array } }[]
        out.push(...rows.map((row) => ({ text: asText(row.text), key: asText(row.key), picture: row.image.bytes })))
      }
      return out
    },
  ],
  webdataset: [
    (folder) => {
      const to = mkdtempSync(path.join(home, 'tar-'))
      for (const shard of files(folder, '.tar')) execFileSync('tar', ['-xf', shard, '-C', to])
      return files(to, '.txt').map((file) => ({ text: readFileSync(file, 'utf8'), picture: readFileSync(file.replace(/\.txt$/, '.png')) }))
    },
  ],
  img2dataset: [(folder) => parse<Row>(read(folder, 'img2dataset.csv'), { columns: true }).map(either), async (folder) => ((await duckCsv(path.join(folder, 'img2dataset.csv'), ',')) as Row[]).map(either)],
  coco: [
    (folder) => {
      const { images, annotations } = JSON.parse(read(folder, 'captions.json')) as { images: { id: number; file_name: string }[]; annotations: { image_id: number; caption: string }[] }
      const names = new Map(images.map((image) => [image.id, image.file_name]))
      return annotations.map(({ image_id, caption }) => ({ text: caption, picture: names.get(image_id) }))
    },
  ],
  csv: [(folder) => cells(parse(read(folder, 'data.csv'), { columns: true }), 'text'), (folder) => cells(Papa.parse<Record<string, string>>(read(folder, 'data.csv'), { header: true, skipEmptyLines: true }).data, 'text'), async (folder) => cells(await duckCsv(path.join(folder, 'data.csv'), ','), 'text')],
  tsv: [(folder) => cells(parse(read(folder, 'data.tsv'), { columns: true, delimiter: '\t' }), 'text'), async (folder) => cells(await duckCsv(path.join(folder, 'data.tsv'), '\t'), 'text')],
  jsonl: [
    async (folder) => (await duck(`SELECT key, chosen, image FROM read_json('${path.join(folder, 'data.jsonl')}', format = 'newline_delimited')`)).map((row) => ({ text: (row.chosen as { text: string }).text, key: String(row.key), picture: String(row.image) })),
  ],
  kohya: [(folder) => Object.entries(JSON.parse(read(folder, 'metadata.json')) as Record<string, { caption: string }>).map(([picture, { caption }]) => ({ text: caption, picture }))],
  llava: [(folder) => (JSON.parse(read(folder, 'conversations.json')) as { id: string; image: string; conversations: { from: string; value: string }[] }[]).map((one) => ({ key: one.id, picture: one.image, text: one.conversations.find((turn) => turn.from === 'gpt')?.value ?? '' }))],
}
type Row = { key: string; org_caption: string; re_caption: string }
/** `re_caption` is empty where the pick is the original. */
const either = (row: Row): Found => ({ key: row.key, text: row.re_caption || row.org_caption })
const asText = (cell: unknown) => (cell instanceof Uint8Array ? Buffer.from(cell).toString('utf8') : String(cell))

let home: string
let remove: () => Promise<void>
let expected: Map<string, string>

beforeAll(async () => {
  ;({ home, remove } = await freshHome())
  const { fillDataset } = await import('./fixture')
  const { bulk } = await import('@/lib/db')
  await fillDataset('pictures', { samples: 60, folder: path.join(home, 'source') })
  const rows = bulk().prepare(`SELECT s.key, c.kind, c.text FROM Sample s JOIN Caption c ON c.sampleId = s.id ORDER BY s.id, c.id`).all() as { key: string; kind: string; text: string }[]
  const spec = BlendSpec.parse({ p: 0.6, seed: 3 })
  expected = new Map([...Map.groupBy(rows, (row) => row.key)].map(([key, list]) => [key, list.find((row) => row.kind === pick(key, list.map((one) => one.kind), spec)?.kind)?.text ?? '']))
})
afterAll(() => remove())

test.each(formats.all.filter((format) => format.write).map((format) => format.id))('a release as %s opens elsewhere, captions to the byte', async (format) => {
  const { exportNow } = await import('./run')
  const { path: folder } = await exportNow({ dataset: 'pictures', format, p: 0.6, seed: 3, out: path.join(home, 'out', format) }, { anywhere: true })
  expect(readers[format]?.length, `a reader of ${format} that is not ours`).toBeGreaterThan(0)
  for (const reader of readers[format]) {
    const found = await reader(folder)
    expect(found.map((one) => one.text).sort()).toEqual([...expected.values()].sort())
    for (const one of found) {
      if (one.key !== undefined) expect(one.text).toBe(expected.get(one.key))
      if (one.picture !== undefined) expect(Buffer.from(typeof one.picture === 'string' ? readFileSync(path.join(folder, one.picture)) : one.picture).subarray(1, 4).toString('latin1')).toBe('PNG')
    }
  }
})
