import { spawn } from 'node:child_process'
import path from 'node:path'
import { textHash } from '@/lib/caption/count'
import { bulk, now } from '@/lib/db'

type Seed = { samples: number; name?: string; human?: readonly number[]; quarantined?: readonly number[]; alt?: (index: number) => string; short?: (index: number) => string }
export type Seeded = { datasetId: number; samples: number[]; alt: number[]; short: number[] }

/** A dataset for tests: every sample with an alt text and one `short` caption by a model; `human` ones have a person's text too. */
export function seed({ samples, name = 'demo', human = [], quarantined = [], alt = (i) => `a dog on mat ${i}`, short = (i) => `A brown dog lies on a mat, picture ${i}.` }: Seed): Seeded {
  const sql = bulk()
  const time = now()
  const found: Seeded = { datasetId: 0, samples: [], alt: [], short: [] }
  sql.transaction(() => {
    found.datasetId = Number(sql.prepare(`INSERT INTO Dataset (name, createdAt) VALUES (?, ?)`).run(name, time).lastInsertRowid)
    const sample = sql.prepare(`INSERT INTO Sample (datasetId, key, position) VALUES (?, ?, ?)`)
    const caption = sql.prepare(`INSERT INTO Caption (datasetId, sampleId, text, kind, origin, model, words, textHash, quarantined, createdAt) VALUES (?, ?, ?, ?, ?, ?, 5, ?, ?, ?)`)
    for (let i = 0; i < samples; i++) {
      const id = Number(sample.run(found.datasetId, `${String(i).padStart(7, '0')}.jpg`, i).lastInsertRowid)
      const write = (text: string, kind: string, origin: string, model: string | null, held = 0) => Number(caption.run(found.datasetId, id, text, kind, origin, model, textHash(text), held, time).lastInsertRowid)
      found.samples.push(id)
      found.alt.push(write(alt(i), 'alt', 'source', null))
      found.short.push(write(short(i), 'short', 'model', 'm1', quarantined.includes(i) ? 1 : 0))
      if (quarantined.includes(i)) {
        sql.prepare(`INSERT INTO Flag (subject, datasetId, sampleId, captionId, rule, raisedBy, evidence, createdAt) VALUES (?, ?, ?, ?, 'refusal', 'rule:refusal', 'I am sorry', ?)`).run(`refusal:c${found.short[i]}`, found.datasetId, id, found.short[i], time)
      }
      if (human.includes(i)) write(`A person wrote this ${i}.`, 'short', 'human', null)
    }
  })()
  return found
}

/** A reviewer in a process of its own that sends `many` decisions about these captions. `accepted`: the tokens that it was answered. */
export function client(name: string, many: number, ids: readonly number[]) {
  const child = spawn(process.execPath, ['--import', 'tsx', path.join(import.meta.dirname, 'race-client.ts'), name, String(many), JSON.stringify(ids)], {
    cwd: path.resolve(import.meta.dirname, '../..'), stdio: ['ignore', 'pipe', 'pipe'],
  })
  let out = ''
  let err = ''
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
  const ended = new Promise<number | null>((done) => child.on('close', (code) => done(code)))
  return { child, ended, accepted: () => out.trim().split('\n').filter(Boolean).map((line) => line.split(' ')[1]), errors: () => err }
}

/** Kills a reviewer with -9 once `after` decisions were answered; returns what it was answered. */
export async function shoot(name: string, after: number, ids: readonly number[]): Promise<string[]> {
  const one = client(name, 1_000_000, ids)
  await new Promise<void>((done, fail) => {
    one.child.stdout.on('data', () => one.accepted().length >= after && done())
    one.child.on('exit', () => fail(new Error(one.errors())))
  })
  one.child.kill('SIGKILL')
  await one.ended
  return one.accepted()
}

export type Kept = { decisions: string[]; versions: number; wrong: number }

/** What the database holds of a race: the tokens, the sum of the versions, and how many `short` captions stand where their newest verdict does not say. */
export function keptOf(datasetId: number): Kept {
  const sql = bulk()
  return {
    decisions: sql.prepare(`SELECT token FROM Verdict WHERE datasetId = ? ORDER BY token`).pluck().all(datasetId) as string[],
    versions: sql.prepare(`SELECT sum(version) FROM Caption WHERE datasetId = ?`).pluck().get(datasetId) as number,
    wrong: sql
      .prepare(`SELECT count(*) FROM Caption c WHERE c.datasetId = ? AND c.kind = 'short' AND c.standing <>
        coalesce((SELECT CASE decision WHEN 'approve' THEN 'approved' WHEN 'reject' THEN 'rejected' ELSE 'pending' END FROM Verdict v WHERE v.captionId = c.id ORDER BY id DESC LIMIT 1), 'pending')`)
      .pluck().get(datasetId) as number,
  }
}
