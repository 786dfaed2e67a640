import { spawn } from 'node:child_process'
import path from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { isAppError } from '@/lib/errors'
import { freshHome } from '@/lib/testing'

let home: Awaited<ReturnType<typeof freshHome>>
let store: typeof import('./store')
let durable: typeof import('./durable-store')
let kit: typeof import('./testing')
let ground: typeof import('@/lib/db')

beforeAll(async () => {
  home = await freshHome()
  ;[store, durable, kit, ground] = await Promise.all([import('./store'), import('./durable-store'), import('./testing'), import('@/lib/db')])
})
afterAll(() => home.remove())

test('8 clients send 2,000 decisions about 20 captions: every accepted one is there exactly once', async () => {
  const race = kit.seed({ samples: 20, name: 'race' })
  const clients = Array.from({ length: 8 }, (_, i) => kit.client(`client${i}`, 250, race.short))
  const codes = await Promise.all(clients.map((one) => one.ended))
  expect(codes, clients.map((one) => one.errors()).join('\n')).toEqual(Array(8).fill(0))
  const accepted = clients.flatMap((one) => one.accepted()).sort()
  expect(accepted).toHaveLength(2000)
  expect(kit.keptOf(race.datasetId)).toEqual({ decisions: accepted, versions: 2000, wrong: 0 })
}, 400_000)

test('50 pairs with the same version: one is taken, the other hears what is there now', async () => {
  const pairs = kit.seed({ samples: 50, name: 'pairs' })
  const answers = await Promise.all(
    pairs.short.map((id) => Promise.allSettled([store.decideCaption({ reviewer: 'Ana' }, id, { decision: 'approve', version: 0 }), store.decideCaption({ reviewer: 'Ben' }, id, { decision: 'reject', version: 0 })])),
  )
  for (const pair of answers) {
    const lost = pair.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []))
    expect(lost).toHaveLength(1)
    expect(isAppError(lost[0]) && lost[0].code === 'conflict' && (lost[0].detail?.present as { version: number }).version).toBe(1)
  }
})

test('a decision that was acknowledged survives kill -9', async () => {
  const shot = kit.seed({ samples: 20, name: 'shot' })
  for (let round = 0; round < 3; round++) {
    const printed = await kit.shoot(`victim${round}`, 5 + round * 17, shot.short)
    const kept = new Set(ground.bulk().prepare(`SELECT token FROM Verdict WHERE reviewer = ?`).pluck().all(`victim${round}`))
    expect(printed.filter((token) => !kept.has(token))).toEqual([])
    // At most the one that was on its way when the process died.
    expect(kept.size - printed.length).toBeLessThanOrEqual(1)
  }
  expect(ground.bulk().pragma('integrity_check', { simple: true })).toBe('ok')
}, 300_000)

test('a decision waits for a long writer in another process instead of failing', async () => {
  const waiting = kit.seed({ samples: 1, name: 'waiting' })
  const hold = `import D from 'better-sqlite3'; const d = new D(process.argv[1]); d.exec('BEGIN IMMEDIATE'); console.log('held'); setTimeout(() => { d.exec('COMMIT'); d.close() }, 1500)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', hold, path.join(home.home, 'recaption.db')], { stdio: ['ignore', 'pipe', 'inherit'] })
  await new Promise((done) => child.stdout.once('data', done))
  let ticks = 0
  const timer = setInterval(() => ticks++, 20)
  const made = await store.decideCaption({ reviewer: 'Ana' }, waiting.short[0], { decision: 'approve', version: 0 })
  clearInterval(timer)
  expect(made.caption?.standing).toBe('approved')
  expect(ticks).toBeGreaterThan(5)
})

test('a database that stays locked is unavailable, and nothing is written', async () => {
  const locked = kit.seed({ samples: 1, name: 'locked' })
  const other = new Database(path.join(home.home, 'recaption.db'))
  other.exec('BEGIN IMMEDIATE')
  // Every look at the clock is a minute later, so that the patience is over at once.
  const real = Date.now.bind(Date)
  let later = 0
  const clock = vi.spyOn(Date, 'now').mockImplementation(() => real() + 60_000 * later++)
  await expect(store.decideCaption({ reviewer: 'Ana' }, locked.short[0], { decision: 'approve' })).rejects.toMatchObject({ code: 'unavailable' })
  clock.mockRestore()
  other.exec('COMMIT')
  other.close()
  expect(ground.bulk().prepare(`SELECT count(*) FROM Verdict WHERE datasetId = ?`).pluck().get(locked.datasetId)).toBe(0)
  expect((await store.decideCaption({ reviewer: 'Ana' }, locked.short[0], { decision: 'approve', version: 0 })).caption?.version).toBe(1)
})

test('nothing else of the process gets a turn while a decision holds the lock', async () => {
  const calm = kit.seed({ samples: 1, name: 'calm' })
  // A write on the other connection would make the process stand still, and the decision could not end.
  let turns = 0
  const timer = setInterval(() => turns++, 0)
  setImmediate(() => turns++)
  await durable.deciding(async (tx) => {
    await tx.caption.updateMany({ where: { id: calm.short[0] }, data: { version: { increment: 1 } } })
    for (let i = 0; i < 20; i++) await tx.verdict.findMany({ where: { captionId: calm.short[0] } })
  })
  expect(turns).toBe(0)
  await new Promise((done) => setTimeout(done, 20))
  clearInterval(timer)
  expect(turns).toBeGreaterThan(1)
})
