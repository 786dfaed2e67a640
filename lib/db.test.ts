import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshHome } from './testing'

let home: Awaited<ReturnType<typeof freshHome>>
let ground: typeof import('./db')

beforeAll(async () => {
  home = await freshHome()
  ground = await import('./db')
})
afterAll(() => home.remove())

const settings = async () => {
  const ask = async (tx: import('./db').Prisma.TransactionClient, name: string) => Number(Object.values((await tx.$queryRawUnsafe<Record<string, unknown>[]>(`PRAGMA ${name}`))[0])[0])
  return (await ground.decisions()).$transaction(async (tx) => {
    await tx.reviewer.updateMany({ data: { settings: '{}' } })
    return { synchronous: await ask(tx, 'synchronous'), foreignKeys: await ask(tx, 'foreign_keys'), timeout: await ask(tx, 'busy_timeout') }
  })
}

test('a decision is on the disk before it is answered, also after the connection was closed once', async () => {
  // 2 is FULL: the log is synced with every commit.
  expect(await settings()).toEqual({ synchronous: 2, foreignKeys: 1, timeout: 25 })
  await ground.closeDb()
  expect(await settings()).toEqual({ synchronous: 2, foreignKeys: 1, timeout: 25 })
  expect(await (await ground.db()).$queryRawUnsafe('PRAGMA synchronous')).toEqual([{ synchronous: 2n }])
})

test('dates that Prisma writes and raw ones sort and compare as one text', async () => {
  const before = ground.now()
  await (await ground.db()).dataset.create({ data: { name: 'by-prisma' } })
  ground.bulk().prepare(`INSERT INTO Dataset (name, createdAt) VALUES ('raw', ?)`).run(ground.now())
  const rows = ground.bulk().prepare(`SELECT createdAt FROM Dataset WHERE createdAt BETWEEN ? AND ? ORDER BY createdAt, id`).pluck().all(before, ground.now()) as string[]
  expect(rows).toHaveLength(2)
  for (const text of rows) expect(text).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00$/)
  const raw = await (await ground.db()).dataset.findFirstOrThrow({ where: { name: 'raw', createdAt: { gte: new Date(before) } } })
  expect(raw.createdAt.toISOString()).toBe(new Date(rows[1]).toISOString())
})
