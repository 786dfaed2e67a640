import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
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

/** Imports in a process of its own, which is killed without a word some ms after it said so many things; answers whether it came to its end. */
function importApart(source: string, kill?: { said: number; ms: number }): Promise<boolean> {
  const program = `const { importNow } = await import('${path.resolve('lib/import/run.ts')}')
    process.stdout.write('.')
    await importNow({ source: process.argv[1], dataset: 'killed', copy: false }, { trusted: true, onProgress: () => process.stdout.write('.') })`
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program, source], { env: { ...process.env, RECAPTION_HOME: home }, stdio: ['ignore', 'pipe', 'pipe'] })
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
  let ended = 0
  let seen = 0
  const marks: number[] = []
  for (let kill = 0; kill < KILLS; kill++) {
    if (await importApart(source, { said: 1 + (kill % 3), ms: (kill * 13) % 40 })) ended++
    const mark = sql.prepare(`SELECT coalesce(max(cursor), 0) FROM Import WHERE status <> 'done'`).pluck().get() as number
    expect(mark === 0 || mark >= seen).toBe(true)
    seen = mark
    marks.push(mark)
  }
  expect(new Set(marks).size).toBeGreaterThan(5)
  await importApart(source)
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
