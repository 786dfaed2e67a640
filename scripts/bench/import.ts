// Speed of imports as ratios to a floor measured in the same run: `tsx scripts/bench/import.ts [rows] [pictures]`.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { inferSchema, initParser } from 'udsv'
import { report } from './result'
import { captionOf } from './words'

/** Milliseconds of wall time and of processor time (all threads). On a busy machine only the second can be compared. */
type Cost = { ms: number; cpuMs: number }
function costing(): () => Cost {
  const from = performance.now()
  const before = process.cpuUsage()
  return () => {
    const { user, system } = process.cpuUsage(before)
    return { ms: Math.round(performance.now() - from), cpuMs: Math.round((user + system) / 1000) }
  }
}
const urlOf = (row: number) => `https://pictures.example/${row % 997}/${row}.jpg`
const LINES = {
  csv: (row: number) => `${String(row).padStart(9, '0')},${urlOf(row)},"${captionOf(row)}"\n`,
  jsonl: (row: number) => `${JSON.stringify({ key: String(row).padStart(9, '0'), url: urlOf(row), caption: captionOf(row) })}\n`,
}

async function writeTable(file: string, rows: number, line: (row: number) => string, head = ''): Promise<void> {
  const out = createWriteStream(file)
  out.write(head)
  for (let row = 0; row < rows; ) {
    let part = ''
    for (const end = Math.min(rows, row + 2000); row < end; row++) part += line(row)
    if (!out.write(part)) await once(out, 'drain')
  }
  out.end()
  await once(out, 'close')
}

/** The same rows as Parquet, by a writer that is not ours. */
async function writeParquet(from: string, to: string): Promise<void> {
  const { DuckDBInstance } = await import('@duckdb/node-api')
  const duck = await (await DuckDBInstance.create(':memory:')).connect()
  await duck.run(`COPY (SELECT * FROM read_csv('${from}', all_varchar = true, header = true)) TO '${to}' (FORMAT parquet, COMPRESSION snappy)`)
  duck.closeSync()
}

/** One pass that parses the table and inserts key, URL and caption into two bare tables in one transaction. */
async function floor(file: string, home: string, rows: number): Promise<Cost> {
  const db = new Database(path.join(home, 'floor.db'))
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = NORMAL')
  db.exec('CREATE TABLE sample (id INTEGER PRIMARY KEY, key TEXT, url TEXT); CREATE TABLE caption (id INTEGER PRIMARY KEY, sample INTEGER, text TEXT)')
  const sample = db.prepare('INSERT INTO sample (key, url) VALUES (?, ?)')
  const text = db.prepare('INSERT INTO caption (sample, text) VALUES (?, ?)')
  const done = costing()
  db.exec('BEGIN')
  let parser: ReturnType<typeof initParser> | undefined
  let taken = 0
  const take = (row: string[]) => {
    text.run(sample.run(row[0], row[1]).lastInsertRowid, row[2])
    taken++
  }
  for await (const chunk of createReadStream(file, { encoding: 'utf8', highWaterMark: 1 << 20 }) as AsyncIterable<string>) {
    parser ??= initParser(inferSchema(chunk))
    parser.chunk<string[]>(chunk, parser.stringArrs, take)
  }
  parser?.end()
  db.exec('COMMIT')
  if (taken !== rows) throw new Error(`the floor took ${taken} rows of ${rows}`)
  const took = done()
  db.close()
  return took
}

const script = (name: string) => fileURLToPath(new URL(name, import.meta.url))
type Imported = Cost & { mb: number; lock: { ms: number; cpuMs: number }; added: number }

/** The command keeps its compiled code here; what is measured starts as it does. */
const NODE_COMPILE_CACHE = fileURLToPath(new URL('../../node_modules/.cache/recaption/compiled', import.meta.url))

/** Runs an import in a process of its own: wall time, peak memory (MB) and its longest transaction. */
async function importApart(source: string, home: string, expected: number): Promise<Imported> {
  const from = performance.now()
  const child = spawn(process.execPath, ['--import', 'tsx', script('./import-run.ts'), source], { env: { ...process.env, NODE_COMPILE_CACHE, RECAPTION_HOME: home }, stdio: ['ignore', 'pipe', 'inherit'] })
  let out = ''
  child.stdout.on('data', (part: Buffer) => (out += part.toString()))
  const [code] = (await once(child, 'close')) as [number]
  if (code !== 0) throw new Error(`the import of ${source} ended with ${code}`)
  const taken = JSON.parse(out) as Omit<Imported, 'ms'>
  if (taken.added !== expected) throw new Error(`the import took ${taken.added} of ${expected}`)
  return { ms: Math.round(performance.now() - from), ...taken }
}

/** What a reviewer's decisions take while a table comes into the same database. */
async function verdictsMeanwhile(source: string, home: string, expected: number): Promise<{ p95: number; median: number; decisions: number }> {
  const { migrate } = await import('../migrate.mjs')
  mkdirSync(home)
  migrate(path.join(home, 'recaption.db'))
  const reviewer = spawn(process.execPath, ['--import', 'tsx', script('./verdicts.ts')], { env: { ...process.env, RECAPTION_HOME: home }, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  await once(reviewer, 'message')
  await importApart(source, home, expected)
  reviewer.send('enough')
  const [told] = (await once(reviewer, 'message')) as [{ p95: number; median: number; decisions: number }]
  return told
}

async function pictures(folder: string, count: number): Promise<void> {
  const { encodePixels } = await import('../../lib/media/picture')
  const side = 512
  const data = Uint8Array.from({ length: side * side * 3 }, (_, i) => (i * 31 + (i >> 9) * 17) & 255)
  const { bytes } = await encodePixels({ data, width: side, height: side }, 'jpeg', 60)
  // A comment segment of its own makes each file another picture to the hash and costs no encoding.
  for (let i = 0; i < count; i++) {
    const comment = Buffer.from([0xff, 0xfe, 0, 6, (i >> 24) & 255, (i >> 16) & 255, (i >> 8) & 255, i & 255])
    writeFileSync(path.join(folder, `${String(i).padStart(6, '0')}.jpg`), Buffer.concat([bytes.subarray(0, 2), comment, bytes.subarray(2)]))
  }
}

function readAndHash(folder: string): Cost {
  const done = costing()
  for (const name of readdirSync(folder)) createHash('sha256').update(readFileSync(path.join(folder, name))).digest('hex')
  return done()
}

const [rows, files] = [Number(process.argv[2] ?? 1_000_000), Number(process.argv[3] ?? 10_000)]
const home = mkdtempSync(path.join(tmpdir(), 'recaption-bench-'))
try {
  const table = path.join(home, 'table.csv')
  await writeTable(table, rows, LINES.csv, 'key,url,caption\n')
  await writeTable(path.join(home, 'table.jsonl'), rows, LINES.jsonl)
  await writeParquet(table, path.join(home, 'table.parquet'))
  const bare = await floor(table, home, rows)
  const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`
  for (const format of ['csv', 'jsonl', 'parquet']) {
    const where = path.join(home, `rows-${format}`)
    const whole = await importApart(path.join(home, `table.${format}`), where, rows)
    report({ what: `import of ${rows.toLocaleString('en')} ${format === 'parquet' ? 'Parquet' : format.toUpperCase()} rows, wall`, value: whole.ms / bare.ms, unit: '×', most: 5, floor: `parse and bare insert ${seconds(bare.ms)}`, note: `import ${seconds(whole.ms)}` })
    report({ what: 'the same, processor time', value: whole.cpuMs / bare.cpuMs, unit: '×', most: 5, floor: seconds(bare.cpuMs), note: `import ${seconds(whole.cpuMs)}` })
    report({ what: 'the same, peak memory', value: whole.mb, unit: 'MB', most: 700 })
    report({ what: 'the same, longest lock', value: whole.lock.ms, unit: 'ms', most: 50, note: `processor time of the longest ${Math.round(whole.lock.cpuMs)} ms` })
    rmSync(where, { recursive: true })
  }
  const { p95, median, decisions } = await verdictsMeanwhile(table, path.join(home, 'desk'), rows)
  report({ what: 'a verdict stored during an import, 95th percentile', value: p95, unit: 'ms', most: 250, note: `median ${median.toFixed(1)} ms of ${decisions}` })
  const folder = mkdtempSync(path.join(home, 'pictures-'))
  await pictures(folder, files)
  readAndHash(folder)
  const hashed = readAndHash(folder)
  const taken = await importApart(folder, path.join(home, 'files'), files)
  report({ what: `import of ${files.toLocaleString('en')} JPEGs by reference, wall`, value: taken.ms / hashed.ms, unit: '×', most: 2, floor: `read and hash ${seconds(hashed.ms)}`, note: `import ${seconds(taken.ms)}` })
  report({ what: 'the same, processor time', value: taken.cpuMs / hashed.cpuMs, unit: '×', most: 2, floor: seconds(hashed.cpuMs), note: `import ${seconds(taken.cpuMs)}` })
} finally {
  rmSync(home, { recursive: true, force: true })
}
