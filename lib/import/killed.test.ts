import { spawn, type ChildProcessByStdio } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { freshHome } from '@/lib/testing'

/** Batches of a table are 1,000 rows; each start below gets one or two further. */
const ROWS = 24_000
const KILLS = 20

let home: string
let remove: () => Promise<void>
let sql: import('better-sqlite3').Database
beforeAll(async () => {
  ;({ home, remove } = await freshHome())
  sql = (await import('@/lib/db')).bulk()
})
afterAll(() => remove())

/** A process that has everything loaded and waits for a word before it imports: the next one loads while one is killed. */
function ready(source: string): ChildProcessByStdio<Writable, Readable, Readable> {
  const program = `const { importNow } = await import('${path.resolve('lib/import/run.ts')}')
    await new Promise((go) => process.stdin.once('data', go))
    process.stdin.destroy()
    process.stdout.write('.')
    await importNow({ source: process.argv[1], dataset: 'killed', copy: false }, { trusted: true, onProgress: () => process.stdout.write('.') })`
  return spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program, source], { env: { ...process.env, RECAPTION_HOME: home }, stdio: ['pipe', 'pipe', 'pipe'] })
}

/** Imports in this process, which is killed without a word some ms after it said so many things; answers whether it came to its end. */
function importIn(child: ReturnType<typeof ready>, kill?: { said: number; ms: number }): Promise<boolean> {
  child.stdin.on('error', () => undefined) // a process that is gone closes with its own word below
  child.stdin.write('go')
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => { said += chunk })
  let dots = 0
  child.stdout.on('data', (chunk: Buffer) => {
    dots += chunk.length
    if (kill && dots >= kill.said) setTimeout(() => child.kill('SIGKILL'), kill.ms)
  })
  return new Promise((resolve, reject) => {
    child.on('close', (code, signal) => (signal === 'SIGKILL' ? resolve(false) : code === 0 ? resolve(true) : reject(new Error(said))))
  })
}

it(`goes on where it was after ${KILLS} kills, and holds each row once`, async () => {
  const source = path.join(home, 'rows.csv')
  const rows = Array.from({ length: ROWS }, (_, i) => ({ key: `k${(i * 7919) % ROWS}`, url: `https://pictures.example/${i}.jpg`, text: i % 50 === 0 ? '' : `caption ${i} of a river, "quoted"` }))
  writeFileSync(source, `key,url,caption\n${rows.map((row) => `${row.key},${row.url},"${row.text.replaceAll('"', '""')}"`).join('\n')}\nk1,https://pictures.example/other.jpg,another picture\n`)
  let next = ready(source)
  let ended = 0
  let seen = 0
  const marks: number[] = []
  for (let kill = 0; kill < KILLS; kill++) {
    const child = next
    next = ready(source)
    if (await importIn(child, { said: 1 + (kill % 3), ms: (kill * 13) % 40 })) ended++
    const mark = sql.prepare(`SELECT coalesce(max(cursor), 0) FROM Import WHERE status <> 'done'`).pluck().get() as number
    expect(mark === 0 || mark >= seen).toBe(true)
    seen = mark
    marks.push(mark)
  }
  expect(new Set(marks).size).toBeGreaterThan(5)
  await importIn(next)
  expect(sql.prepare(`SELECT s.key, m.path AS url, coalesce(c.text, '') AS text FROM Sample s JOIN Media m ON m.id = s.mediaId LEFT JOIN Caption c ON c.sampleId = s.id ORDER BY s.id`).all()).toEqual(rows)
  expect(sql.prepare(`SELECT count(*) FROM Flag WHERE rule = 'empty'`).pluck().get()).toBe(ROWS / 50)
  expect(sql.prepare(`SELECT count(*) FROM Media`).pluck().get()).toBe(ROWS)
  expect(sql.prepare(`SELECT count(*) FROM caption_fts_docsize`).pluck().get()).toBe(ROWS - ROWS / 50)
  expect(sql.prepare(`SELECT count(*) FROM caption_fts WHERE caption_fts MATCH '"river"'`).pluck().get()).toBe(ROWS - ROWS / 50)
  sql.exec(`INSERT INTO caption_fts (caption_fts, rank) VALUES ('integrity-check', 1)`)
  expect(sql.pragma('integrity_check', { simple: true })).toBe('ok')
  const first = sql.prepare(`SELECT status, cursor, added, captions, problems FROM Import ORDER BY id LIMIT 1`).get()
  expect(first).toEqual({ status: 'done', cursor: ROWS + 1, added: ROWS, captions: ROWS - ROWS / 50, problems: 1 })
  expect(ended).toBeLessThan(KILLS / 2)
}, 240_000)
