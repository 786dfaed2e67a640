import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

const outer = mkdtempSync(path.join(tmpdir(), 'recaption-opening-'))
const above = path.join(outer, 'above')
const home = path.join(above, 'home')
let ground: typeof import('./db')

beforeAll(async () => {
  process.env.RECAPTION_HOME = home
  ground = await import('./db')
})
afterAll(async () => {
  await ground.closeDb()
  rmSync(outer, { recursive: true, force: true })
})

const count = async (open: () => ReturnType<typeof ground.db>) => (await open()).dataset.count()
const opened = async () => {
  const { migrate } = await import('@/scripts/migrate.mjs')
  mkdirSync(home, { recursive: true })
  migrate(path.join(home, 'recaption.db'))
}

test('a database that could not be opened is opened once the cause is gone, without a new start', async () => {
  // A full disk refuses a new folder as this file in its place does.
  writeFileSync(above, '')
  for (const open of [ground.db, ground.decisions]) await expect(count(open)).rejects.toThrow(/ENOTDIR|EEXIST/)
  rmSync(above)
  // Then the folder can be made, and the file of the database cannot.
  mkdirSync(path.join(home, 'recaption.db'), { recursive: true })
  for (const open of [ground.db, ground.decisions]) await expect(count(open)).rejects.toThrow()
  rmSync(path.join(home, 'recaption.db'), { recursive: true })
  await opened()
  for (const open of [ground.db, ground.decisions]) expect(await count(open)).toBe(0)
})
