import { spawn } from 'node:child_process'
import path from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshHome } from '@/lib/testing'
import { droppedOf, flagOf, inForce, standingOf, type LogEntry } from './standing'
import type { Decision } from './schema'

const ana = { reviewer: 'Ana' }
let home: Awaited<ReturnType<typeof freshHome>>
let run: typeof import('./run')
let store: typeof import('./store')
let books: typeof import('./log-store')
let kit: typeof import('./testing')
let ground: typeof import('@/lib/db')

beforeAll(async () => {
  home = await freshHome()
  ;[run, store, books, kit, ground] = await Promise.all([import('./run'), import('./store'), import('./log-store'), import('./testing'), import('@/lib/db')])
})
afterAll(() => home.remove())

test('a process killed at any moment of a bulk step leaves all or nothing', async () => {
  const data = kit.seed({ samples: 8000, name: 'crash' })
  const approved = ground.bulk().prepare(`SELECT count(*) FROM Caption WHERE datasetId = ? AND standing = 'approved'`).pluck()
  const newest = ground.bulk().prepare(`SELECT status, appliedTo, (SELECT count(*) FROM Verdict v WHERE v.batchId = b.id) AS rows FROM Batch b WHERE b.reviewer = 'Victim' AND b.id > ? ORDER BY b.id DESC LIMIT 1`)
  type Seen = { status: string; appliedTo: number; rows: number } | undefined
  const moments: [name: string, reached: (seen: Seen) => boolean][] = [
    ['opened', (seen) => seen?.status === 'open'],
    ['half written', (seen) => seen?.status === 'open' && seen.rows > 3000],
    ['closed', (seen) => seen?.status === 'closed'],
    ['half applied', (seen) => seen?.status === 'closed' && seen.appliedTo > 0],
  ]
  for (const [name, reached] of moments) {
    const before = ground.bulk().prepare(`SELECT coalesce(max(id), 0) FROM Batch`).pluck().get() as number
    const child = spawn(process.execPath, ['--import', 'tsx', path.join(import.meta.dirname, 'bulk-client.ts'), 'Victim', String(data.datasetId)], {
      cwd: path.resolve(import.meta.dirname, '../..'), env: { ...process.env, RECAPTION_HOME: home.home }, stdio: ['ignore', 'pipe', 'inherit'],
    })
    const ended = new Promise((done) => child.on('close', done))
    await new Promise((done) => child.stdout.once('data', done))
    while (child.exitCode === null && !reached(newest.get(before) as Seen)) await new Promise((done) => setTimeout(done, 1))
    child.kill('SIGKILL')
    await ended
    const cut = newest.get(before) as Seen
    ground.bulk().prepare(`UPDATE Batch SET beatAt = beatAt - 120000 WHERE status = 'open'`).run()
    await run.recoverBatches()
    const closed = cut?.status === 'closed'
    // A slow look may find the step further on than the moment it was to be cut at, never half done.
    expect(approved.get(data.datasetId), name).toBe(closed ? 8000 : 0)
    if (closed) await run.undoBatch(ana, ground.bulk().prepare(`SELECT max(id) FROM Batch WHERE reviewer = 'Victim'`).pluck().get() as number)
    expect(approved.get(data.datasetId)).toBe(0)
  }
  expect(ground.bulk().pragma('integrity_check', { simple: true })).toBe('ok')
}, 300_000)

const step = fc.oneof(
  fc.record({ what: fc.constantFrom<Decision>('approve', 'reject', 'clear', 'flag', 'unflag') }),
  fc.record({ what: fc.constantFrom<Decision>('keep', 'drop') }),
  fc.record({ what: fc.constant<Decision>('undo'), at: fc.nat(20) }),
)

test('the rows say what the pure rule says, after any sequence of decisions and undos', async () => {
  const data = kit.seed({ samples: 25, name: 'fold' })
  let next = 0
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (script) => {
      const i = next++ % 25
      const [captionId, sampleId] = [data.short[i], data.samples[i]]
      const made: number[] = []
      for (const one of script) {
        if (one.what === 'undo') {
          const id = made[('at' in one ? one.at : 0) % (made.length || 1)]
          if (id === undefined) continue
          const undone = ground.bulk().prepare(`SELECT count(*) % 2 FROM Verdict WHERE rootId = ?`).pluck().get(id)
          await (undone ? store.redo(ana, id) : store.undo(ana, id))
        } else if (one.what === 'keep' || one.what === 'drop') made.push((await store.decideSample(ana, sampleId, { decision: one.what })).verdict.id)
        else made.push((await store.decideCaption(ana, captionId, { decision: one.what })).verdict.id)
      }
      const log = ground.bulk().prepare(`SELECT id, decision, undoesId, captionId FROM Verdict WHERE sampleId = ? ORDER BY id`).all(sampleId) as (Omit<LogEntry, 'counts'> & { captionId: number | null })[]
      const entries = log.map((entry) => ({ ...entry, counts: true }))
      const asked = ground.bulk().prepare(`SELECT v.id FROM Verdict v WHERE v.sampleId = ? AND v.undoesId IS NULL AND ${books.IN_FORCE} ORDER BY v.id`)
      const row = ground.bulk().prepare(`SELECT c.standing, c.version, s.dropped, s.version AS sampleVersion, (SELECT count(*) FROM Flag f WHERE f.captionId = c.id AND f.clearedAt IS NULL) AS flags FROM Caption c JOIN Sample s ON s.id = c.sampleId WHERE c.id = ?`).get(captionId) as Record<string, number | string>
      expect(asked.pluck().all(sampleId)).toEqual(inForce(entries).map((entry) => entry.id))
      const own = entries.filter((entry) => entry.captionId === captionId)
      expect(row).toEqual({
        standing: standingOf(own),
        version: own.length,
        dropped: Number(droppedOf(entries.filter((entry) => entry.captionId === null))),
        sampleVersion: entries.length - own.length,
        flags: Number(flagOf(own) !== undefined),
      })
    }),
    { numRuns: 50 },
  )
}, 300_000)
