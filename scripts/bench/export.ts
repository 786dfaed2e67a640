// Speed of releases as ratios to a floor measured in the same run: `tsx scripts/bench/export.ts [rows] [pictures]`.
// The writing and the proof (reading back, hashing) are timed apart; the ratio is the writing's. Every release is made by a
// process of its own, so that its peak of memory is its own too; a tenth, a half and the whole of the rows are released.
import { spawnSync } from 'node:child_process'
import { createWriteStream, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { measured } from './recaption-measure'
import { report, spread } from './result'
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
const { mediaWriter, hashOf } = await import('@/lib/media/store')
const { allowRoot } = await import('@/lib/media/roots-store')
const { encodePixels } = await import('@/lib/media/picture')

const say = (line: string) => process.stdout.write(`${line}\n`)
const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`
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

type Release = { write: number; proof: number; memory: number }
/** The system writes down what earlier steps left in memory now, and not while the next is timed. */
const quiet = () => void spawnSync('sync')
const released = (dataset: string, format: string, images: 'copy' | 'reference') => measured<Release>('./export-run.ts', [dataset, format, images])
const told = (one: Release) => `write ${one.write.toFixed(2)} s, proof ${one.proof.toFixed(2)} s, peak memory ${one.memory} MB`

const middle = (list: readonly number[]) => spread(list).median
/** In turns and thrice, because a disk and a neighbour's load change from minute to minute for both. */
async function turns(floor: () => Promise<number>, made: () => Promise<Release>): Promise<{ floor: number; made: Release }> {
  const [floors, all]: [number[], Release[]] = [[], []]
  for (let turn = 0; turn < 3; turn++) {
    quiet()
    floors.push(await floor())
    quiet()
    all.push(await made())
  }
  return { floor: middle(floors), made: { write: middle(all.map(({ write }) => write)), proof: middle(all.map(({ proof }) => proof)), memory: middle(all.map(({ memory }) => memory)) } }
}

/** The whole table in one format: its time beside the floor, and whether its memory grew with the rows. */
async function table(format: string, name: string, most: number, floor?: () => Promise<number>): Promise<void> {
  const [tenth, half] = [await released('tenth', format, 'reference'), await released('half', format, 'reference')]
  const made = () => released('whole', format, 'reference')
  const both = floor && (await turns(floor, made))
  const whole = both ? both.made : await made()
  if (both) report({ what: `export as ${format}, ${rows.toLocaleString('en')} captions`, value: (whole.write * 1000) / both.floor, unit: '×', most, floor: `${name} ${seconds(both.floor)}`, note: told(whole) })
  report({ what: `export as ${format}, memory of twice as many`, value: whole.memory / half.memory, unit: '×', most: rows < 1_000_000 ? undefined : 1.2, note: `${[tenth, half, whole].map(({ memory }) => memory).join(', ')} MB for ${[rows / 10, rows / 2, rows].map((n) => n.toLocaleString('en')).join(', ')} captions` })
}

try {
  say(`${rows} captions in SQLite …`)
  await fill('tenth', rows / 10)
  await fill('half', rows / 2)
  const whole = await fill('whole', rows)
  await dump(whole, LINES.jsonl) // warms the page cache for both sides
  await table('jsonl', 'json_object dump', 3, () => dump(whole, LINES.jsonl))
  await table('csv', 'CSV dump', 3, () => dump(whole, LINES.csv))
  await table('parquet', 'DuckDB appender', 1.5, () => appender(whole))
  await table('webdataset', '', 0)
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
  // Neither side waits here for the disk: tar never does, a release does after its proof.
  const packed = async () => {
    const from = performance.now()
    spawnSync('tar', ['-cf', tar, '-C', source, '.'])
    const took = performance.now() - from
    rmSync(tar)
    return took
  }
  const { floor, made } = await turns(packed, () => released('pictures', 'webdataset', 'copy'))
  report({ what: `export as webdataset, ${pictures.toLocaleString('en')} pictures`, value: (made.write * 1000) / floor, unit: '×', most: 2, floor: `tar ${seconds(floor)}`, note: told(made) })
} finally {
  await closeDb()
  rmSync(home, { recursive: true, force: true })
}
