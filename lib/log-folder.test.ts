import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshHome } from './testing'

let home: Awaited<ReturnType<typeof freshHome>>
let sql: import('better-sqlite3').Database
let logFolder: typeof import('./log-folder').logFolder
beforeAll(async () => {
  home = await freshHome()
  sql = (await import('./db')).bulk()
  logFolder = (await import('./log-folder')).logFolder
  sql.exec('CREATE TABLE load (id INTEGER PRIMARY KEY, text TEXT)')
})
afterAll(() => home.remove())

const pages = () => sql.pragma('wal_autocheckpoint', { simple: true })
/** Frames of the log that are not in the file yet. */
const left = () => {
  const [{ log, checkpointed }] = sql.pragma('wal_checkpoint(NOOP)') as { log: number; checkpointed: number }[]
  return log - checkpointed
}

test('folds beside the writer, and leaves things as they were, also when two are at it', async () => {
  const [one, two] = [logFolder(), logFolder()]
  expect(pages()).toBe(0)
  const put = sql.prepare('INSERT INTO load (text) VALUES (?)')
  const until = performance.now() + 1500
  while (performance.now() < until) {
    sql.transaction(() => Array.from({ length: 200 }, () => put.run('x'.repeat(1000))))()
    one.turn()
    await new Promise((resolve) => setImmediate(resolve))
  }
  await new Promise((resolve) => setTimeout(resolve, 400))
  one.turn()
  await new Promise((resolve) => setTimeout(resolve, 400))
  expect(left()).toBe(0)
  await one.close()
  await two.close()
  expect(pages()).toBe(1000)
  expect(sql.pragma('integrity_check', { simple: true })).toBe('ok')
})
