// Speed of imports as ratios to a floor measured in the same run: `tsx scripts/bench/import.ts [rows] [pictures]`.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import path from 'node:path'
import Database from 'better-sqlite3'
import { inferSchema, initParser } from 'udsv'
import { report } from './result'

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
const WORDS = 'a the small large old red blue green wooden quiet busy dog cat boat street mountain river house market child woman man bicycle tree window bread table light morning evening snow rain harbour bridge garden station'.split(' ')

/** Captions recombined from a word list, the same for the same row. */
function caption(row: number): string {
  let state = (row * 2654435761) >>> 0
  const next = (below: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
  return Array.from({ length: 6 + next(12) }, () => WORDS[next(WORDS.length)]).join(' ')
}

async function writeTable(file: string, rows: number): Promise<void> {
  const out = createWriteStream(file)
  out.write('key,url,caption\n')
  for (let row = 0; row < rows; ) {
    let part = ''
    for (const end = Math.min(rows, row + 2000); row < end; row++) part += `${String(row).padStart(9, '0')},https://pictures.example/${row % 997}/${row}.jpg,"${caption(row)}"\n`
    if (!out.write(part)) await once(out, 'drain')
  }
  out.end()
  await once(out, 'close')
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

/** Runs an import in a process of its own; answers its wall time, peak memory (MB) and longest transaction (ms). */
function importApart(source: string, home: string): Cost & { mb: number; lockMs: number; added: number } {
  const program = `
    const { migrate } = await import('${new URL('../migrate.mjs', import.meta.url)}')
    migrate(process.env.RECAPTION_HOME + '/recaption.db')
    const { bulk } = await import('${new URL('../../lib/db.ts', import.meta.url)}')
    const db = bulk(), make = db.transaction.bind(db)
    let longest = 0
    const timed = (run) => (...args) => { const from = performance.now(); try { return run(...args) } finally { longest = Math.max(longest, performance.now() - from) } }
    db.transaction = (run) => { const made = make(run); const out = timed(made); out.immediate = timed(made.immediate); return out }
    const prepare = db.prepare.bind(db)
    db.prepare = (text) => { const made = prepare(text); if (text.includes('INTO caption_fts')) { const run = made.run.bind(made); made.run = timed(run) } return made }
    const { importNow } = await import('${new URL('../../lib/import/run.ts', import.meta.url)}')
    const done = await importNow({ source: process.argv[1], dataset: 'bench', copy: false }, { trusted: true })
    console.log(JSON.stringify({ added: done.added, mb: Math.round(process.resourceUsage().maxRSS / 1024), cpuMs: Math.round((process.cpuUsage().user + process.cpuUsage().system) / 1000), lockMs: Math.round(longest) }))`
  const from = performance.now()
  const child = spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program, source], { env: { ...process.env, RECAPTION_HOME: home }, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] })
  if (child.status !== 0) throw new Error(`the import ended with ${child.status}`)
  return { ms: Math.round(performance.now() - from), ...(JSON.parse(child.stdout) as { cpuMs: number; mb: number; lockMs: number; added: number }) }
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
  await writeTable(table, rows)
  const bare = await floor(table, home, rows)
  const whole = importApart(table, path.join(home, 'rows'))
  if (whole.added !== rows) throw new Error(`the import took ${whole.added} rows of ${rows}`)
  const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`
  report({ what: `import of ${rows.toLocaleString('en')} CSV rows, wall`, value: whole.ms / bare.ms, unit: '×', most: 5, floor: `parse and bare insert ${seconds(bare.ms)}`, note: `import ${seconds(whole.ms)}` })
  report({ what: 'the same, processor time', value: whole.cpuMs / bare.cpuMs, unit: '×', most: 5, floor: seconds(bare.cpuMs), note: `import ${seconds(whole.cpuMs)}` })
  report({ what: 'the same, peak memory', value: whole.mb, unit: 'MB', most: 700 })
  report({ what: 'the same, longest lock', value: whole.lockMs, unit: 'ms', most: 50 })
  const folder = mkdtempSync(path.join(home, 'pictures-'))
  await pictures(folder, files)
  readAndHash(folder)
  const hashed = readAndHash(folder)
  const taken = importApart(folder, path.join(home, 'files'))
  if (taken.added !== files) throw new Error(`the import took ${taken.added} pictures of ${files}`)
  report({ what: `import of ${files.toLocaleString('en')} JPEGs by reference, wall`, value: taken.ms / hashed.ms, unit: '×', most: 2, floor: `read and hash ${seconds(hashed.ms)}`, note: `import ${seconds(taken.ms)}` })
  report({ what: 'the same, processor time', value: taken.cpuMs / hashed.cpuMs, unit: '×', most: 2, floor: seconds(hashed.cpuMs), note: `import ${seconds(taken.cpuMs)}` })
} finally {
  rmSync(home, { recursive: true, force: true })
}
