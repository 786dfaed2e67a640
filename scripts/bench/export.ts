// Speed of releases as ratios to a floor measured in the same run: `tsx scripts/bench/export.ts [rows] [pictures]`.
// The writing and the proof (reading back, hashing) are timed apart; the ratio is the writing's.
import { spawnSync } from 'node:child_process'
import { createWriteStream, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { report } from './result'
import { captionOf } from './words'

const rows = Number(process.argv[2] ?? 1_000_000)
const pictures = Number(process.argv[3] ?? 3000)
const home = mkdtempSync(path.join(tmpdir(), 'recaption-bench-'))
process.env.RECAPTION_HOME = home
const { migrate } = await import('../migrate.mjs')
migrate(path.join(home, 'recaption.db'))
const { bulk, closeDb } = await import('@/lib/db')
const { createDataset } = await import('@/lib/dataset/store')
const { textHash, wordCount } = await import('@/lib/caption/count')
const { exportNow } = await import('@/lib/export/run')
const { mediaWriter, hashOf } = await import('@/lib/media/store')
const { allowRoot } = await import('@/lib/media/roots-store')
const { encodePixels } = await import('@/lib/media/picture')
const { formats } = await import('@/lib/format')

const say = (line: string) => process.stdout.write(`${line}\n`)
const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`
/** Peak memory of this process in MB, reset by the kernel only at its start; the growth between two readings is what counts. */
const peak = () => Math.round(process.resourceUsage().maxRSS / 1024)

/** Half the captions are alt texts, half of model `vl`: `count` captions on `count / 2` samples. */
async function fill(name: string, count: number, picture?: (i: number) => Promise<number>): Promise<number> {
  const { id } = await createDataset({ name })
  const sql = bulk()
  const sample = sql.prepare(`INSERT INTO Sample (datasetId, key, position, mediaId) VALUES (?, ?, ?, ?)`)
  const text = sql.prepare(`INSERT INTO Caption (datasetId, sampleId, text, kind, origin, model, recipe, words, textHash, createdAt) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, '2026-01-01T00:00:00.000+00:00')`)
  for (let at = 0; at < count / 2; at += 5000) {
    const ids: (number | null)[] = []
    for (let i = at; picture && i < Math.min(at + 5000, count / 2); i++) ids.push(await picture(i))
    sql.transaction(() => {
      for (let i = at; i < Math.min(at + 5000, count / 2); i++) {
        const sampleId = Number(sample.run(id, `${String(i).padStart(9, '0')}.jpg`, i, ids[i - at] ?? null).lastInsertRowid)
        const [alt, short] = [captionOf(i), captionOf(i + 7_000_000)]
        text.run(id, sampleId, alt, 'alt', 'source', null, null, wordCount(alt), textHash(alt))
        text.run(id, sampleId, short, 'short', 'model', 'vl', 'short@1', wordCount(short), textHash(short))
      }
    })()
  }
  return id
}

const ONE = (c: string) => `json_object('kind', ${c}.kind, 'origin', ${c}.origin, 'standing', ${c}.standing, 'text', ${c}.text, 'model', ${c}.model, 'recipe', ${c}.recipe)`
const CELL = (value: string) => `'"' || replace(${value}, '"', '""') || '"'`
/** The floor of tables: the rows of a release as lines that SQLite itself makes, written to a file. */
const LINES = {
  jsonl: `json_object('key', s.key, 'chosen', json_object('kind', c.kind, 'origin', c.origin, 'text', c.text), 'candidates', json_array(${ONE('a')}, ${ONE('c')}), 'alt', a.text)`,
  csv: ['s.key', 'c.text', 'c.kind', 'c.origin', 'c.model', 'a.text'].map(CELL).join(` || ',' || `),
}
async function dump(datasetId: number, line: string): Promise<number> {
  const out = createWriteStream(path.join(home, 'floor.txt'), { highWaterMark: 1 << 20 })
  const from = performance.now()
  let part = ''
  const lines = bulk().prepare(`SELECT ${line} FROM Sample s JOIN Caption c ON c.sampleId = s.id AND c.kind = 'short' JOIN Caption a ON a.sampleId = s.id AND a.kind = 'alt' WHERE s.datasetId = ? ORDER BY s.id`)
  for (const text of lines.pluck().iterate(datasetId) as IterableIterator<string>) {
    part += `${text}\n`
    if (part.length < 1 << 20) continue
    if (!out.write(part)) await once(out, 'drain')
    part = ''
  }
  out.end(part)
  await once(out, 'close')
  return performance.now() - from
}

/** The floor of Parquet: the same rows through DuckDB's appender. */
async function appender(datasetId: number): Promise<number> {
  const { DuckDBInstance } = await import('@duckdb/node-api')
  const duck = await (await DuckDBInstance.create(':memory:')).connect()
  const from = performance.now()
  await duck.run('CREATE TABLE t (key VARCHAR, text VARCHAR, kind VARCHAR, origin VARCHAR, model VARCHAR, alt VARCHAR)')
  const into = await duck.createAppender('t')
  for (const row of bulk().prepare(`SELECT s.key, c.text, c.kind, c.origin, c.model, a.text FROM Sample s JOIN Caption c ON c.sampleId = s.id AND c.kind = 'short' JOIN Caption a ON a.sampleId = s.id AND a.kind = 'alt' WHERE s.datasetId = ? ORDER BY s.id`).raw().iterate(datasetId) as IterableIterator<string[]>) {
    for (const cell of row) into.appendVarchar(cell)
    into.endRow()
  }
  into.closeSync()
  await duck.run(`COPY t TO '${path.join(home, 'floor.parquet')}' (FORMAT parquet, COMPRESSION zstd)`)
  const took = performance.now() - from
  duck.closeSync()
  return took
}

/** What SQLite or DuckDB do with the same rows. */
const FLOORS: Record<string, string> = { jsonl: 'json_object dump', csv: 'CSV dump', parquet: 'DuckDB appender' }
async function release(dataset: string, format: string, floor: number, most: number, images: 'copy' | 'reference'): Promise<void> {
  const before = peak()
  const { samples, seconds: took, path: folder } = await exportNow({ dataset, format, images }, {})
  const ratio = (took.write * 1000) / floor
  report({ what: `export as ${format}, ${samples.toLocaleString('en')} samples`, value: ratio, unit: '×', most, floor: `${FLOORS[format] ?? 'tar'} ${seconds(floor)}`, note: `write ${took.write.toFixed(1)} s, proof ${took.proof.toFixed(1)} s, peak memory ${before} → ${peak()} MB` })
  rmSync(folder, { recursive: true })
}

try {
  say(`${rows} captions in SQLite …`)
  const table = await fill('table', rows)
  await dump(table, LINES.jsonl) // warms the page cache for both sides
  for (const format of ['jsonl', 'csv'] as const) await release('table', format, await dump(table, LINES[format]), 3, 'reference')
  if (formats.find('parquet')?.write) {
    const duck = await appender(table)
    say(`floor: DuckDB appender ${seconds(duck)}`)
    await release('table', 'parquet', duck, 1.5, 'reference')
  }
  const source = path.join(home, 'pictures')
  mkdirSync(source)
  await allowRoot(source)
  const media = mediaWriter()
  const noise = new Uint8Array(512 * 384 * 3)
  await fill('pictures', pictures * 2, async (i) => {
    for (let at = 0; at < noise.length; at++) noise[at] = Math.imul(at + i * 31, 2654435761) >>> 24
    const { bytes } = await encodePixels({ data: noise, width: 512, height: 384 }, 'jpeg', 85)
    const file = path.join(source, `${i}.jpg`)
    writeFileSync(file, bytes)
    return media({ place: 'file', path: file, sha256: hashOf(bytes), mime: 'image/jpeg', width: 512, height: 384, bytes: bytes.length })
  })
  const tar = path.join(home, 'floor.tar')
  const from = performance.now()
  spawnSync('tar', ['-cf', tar, '-C', source, '.'])
  const taken = performance.now() - from
  say(`floor: tar -cf of ${pictures} pictures, ${Math.round(statSync(tar).size / 1e6)} MB, ${seconds(taken)}`)
  if (formats.find('webdataset')?.write) await release('pictures', 'webdataset', taken, 2, 'copy')
} finally {
  await closeDb()
  rmSync(home, { recursive: true, force: true })
}
