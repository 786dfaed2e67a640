import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { freshHome } from '@/lib/testing'

let home: string
let remove: () => Promise<void>
let sql: import('better-sqlite3').Database
beforeAll(async () => {
  ;({ home, remove } = await freshHome())
  sql = (await import('@/lib/db')).bulk()
})
afterAll(() => remove())

async function bring(rows: string[]) {
  const source = path.join(home, `rows-${rows.length}.csv`)
  writeFileSync(source, `key,url,caption\n${rows.map((key) => `${key},https://pictures.example/${key}.jpg,a caption of ${key}`).join('\n')}\n`)
  const { importNow } = await import('./run')
  return importNow({ source, dataset: 'undone', copy: false }, { trusted: true })
}
const count = (table: string) => sql.prepare(`SELECT count(*) FROM ${table}`).pluck().get()

it('takes an import back whole, and leaves what others brought', async () => {
  await bring(['x', 'y'])
  const second = await bring(['x', 'y', ...Array.from({ length: 1200 }, (_, i) => `k${i}`)])
  expect(second).toMatchObject({ added: 1200, skipped: 2 })
  const { undoImport } = await import('./undo')
  expect(await undoImport(second.importId)).toEqual({ removed: 1200 })
  for (const table of ['Sample', 'Media', 'Caption', 'caption_fts_docsize']) expect([table, count(table)]).toEqual([table, 2])
  expect(count('Import')).toBe(1)
  expect(sql.prepare(`SELECT count(*) FROM caption_fts WHERE caption_fts MATCH '"k7"'`).pluck().get()).toBe(0)
  sql.exec(`INSERT INTO caption_fts (caption_fts, rank) VALUES ('integrity-check', 1)`)
  expect(await bring(['x', 'y', 'z'])).toMatchObject({ added: 1 })
})

it('refuses, with the count, once somebody decided something', async () => {
  const third = await bring(['x', 'y', 'z', 'p', 'q'])
  const sample = sql.prepare(`SELECT id, datasetId FROM Sample WHERE key = 'q'`).get() as { id: number; datasetId: number }
  sql.prepare(`INSERT INTO Verdict (datasetId, sampleId, decision, reviewer, createdAt) VALUES (?, ?, 'drop', 'ann', 'now')`).run(sample.datasetId, sample.id)
  const { undoImport } = await import('./undo')
  await expect(undoImport(third.importId)).rejects.toMatchObject({ code: 'refused', message: expect.stringContaining('1 sample of this import'), detail: { touched: 1 } })
  expect(sql.prepare(`SELECT count(*) FROM Sample WHERE key IN ('p', 'q')`).pluck().get()).toBe(2)
  await expect(undoImport(999)).rejects.toMatchObject({ code: 'not_found' })
})
