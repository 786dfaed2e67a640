import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshHome } from '@/lib/testing'
import { migrate } from '@/scripts/migrate.mjs'

const ana = { reviewer: 'Ana' }
let home: Awaited<ReturnType<typeof freshHome>>
let keep: typeof import('./backup-store')
let grave: typeof import('./purge-store')
let store: typeof import('./store')
let captions: typeof import('@/lib/caption/store')
let media: typeof import('@/lib/media/store')
let thumbs: typeof import('@/lib/media/thumbnail')
let kit: typeof import('./testing')
let ground: typeof import('@/lib/db')
let aside: string

beforeAll(async () => {
  home = await freshHome()
  aside = `${home.home}-backup`
  ;[keep, grave, store, captions, media, thumbs, kit, ground] = await Promise.all([import('./backup-store'), import('./purge-store'), import('./store'), import('@/lib/caption/store'), import('@/lib/media/store'), import('@/lib/media/thumbnail'), import('./testing'), import('@/lib/db')])
})
afterAll(async () => {
  await home.remove()
  rmSync(aside, { recursive: true, force: true })
})

/** Every byte below the home, database and its log included. */
const everything = () => (readdirSync(home.home, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).map((entry) => readFileSync(path.join(entry.parentPath, entry.name)))
const holds = (needle: string) => everything().some((bytes) => bytes.includes(needle))

async function picture(name: string, samples: number) {
  const data = kit.seed({ samples, name })
  const bytes = Buffer.from(`bytes of ${name} `.repeat(50))
  const sha256 = await media.keep(bytes)
  const id = ground.bulk().transaction(() => media.mediaWriter()({ place: 'store', path: sha256, sha256 }))()
  ground.bulk().prepare(`UPDATE Sample SET mediaId = ? WHERE datasetId = ?`).run(id, data.datasetId)
  await thumbs.keepThumbnail(media.mediaById(id), 320, Buffer.from(`small ${name}`))
  return { data, sha256, id }
}

test('a purge leaves no byte of the sample, and a tombstone', async () => {
  const { data, sha256 } = await picture('secret', 1)
  const edit = await store.decideCaption(ana, data.short[0], { decision: 'edit', text: 'zebracrossing of Jane Doe' })
  await store.decideSample(ana, data.samples[0], { decision: 'flag', note: 'janes-own-words' })
  while (captions.indexText());
  expect(edit.made).toBeDefined()
  expect([holds('zebracrossing of Jane'), holds('janes-own-words'), holds('bytes of secret'), holds('small secret')]).toEqual([true, true, true, true])
  const purged = await grave.purge(ana, data.datasetId, '0000000.jpg', { reason: 'The photographer asked for it.' })
  expect(purged).toMatchObject({ files: 2, shared: [], left: [] })
  expect([holds('zebracrossing of Jane'), holds('janes-own-words'), holds('bytes of secret'), holds('small secret')]).toEqual([false, false, false, false])
  expect(grave.tombstones(data.datasetId)).toMatchObject([{ captions: 3, verdicts: 2, reviewer: 'Ana', reason: 'The photographer asked for it.', mediaSha256: sha256 }])
  const gone = (await import('@/lib/sample/tombstone-store')).purgedFrom(data.datasetId)
  expect(gone('0000000.jpg', null)).toBe(true)
  expect(gone('0000001.jpg', sha256)).toBe(true)
  expect(gone('0000001.jpg', null)).toBe(false)
  ground.bulk().prepare(`INSERT INTO caption_fts (caption_fts) VALUES ('integrity-check')`).run()
  expect(ground.bulk().pragma('integrity_check', { simple: true })).toBe('ok')
  await expect(grave.purge(ana, data.datasetId, '0000000.jpg', { reason: 'again' })).rejects.toMatchObject({ code: 'not_found' })
})

test('a purge takes what models answered about the sample, in whatever form, and the plans that show it; those of others stay', async () => {
  const { data } = await picture('answered', 2)
  const sql = ground.bulk()
  const [gone, other] = data.samples
  const said = (text: string, sampleId: number | null) => Number(sql.prepare(`INSERT INTO Answer (hash, text, finish, sampleId) VALUES (?, ?, 'stop', ?)`).run(`h${text}${sampleId}`, text, sampleId).lastInsertRowid)
  const word = 'The very words of the other.'
  captions.insertCaptions([{ datasetId: data.datasetId, sampleId: other, kind: 'detailed', text: word, origin: 'model' }])
  const stays = [said(word, null), said('an answer about the other', other), said(captions.captionById(data.short[0]).text, other)]
  for (const text of ['“Quoted words of Jane.”', '{"says":"Structured words of Jane."}', 'I am sorry, Jane.']) [gone, null].forEach((id) => said(text, id))
  const plan = (sampleId: number, status: string) => Number(sql.prepare(`INSERT INTO RunPlan (datasetId, request, status, result) VALUES (?, '{}', ?, ?)`).run(data.datasetId, status, JSON.stringify({ tried: [{ sampleId, key: 'k', alt: 'alt of sample', text: `planned words of ${sampleId === gone ? 'Jane' : 'another'}` }] })).lastInsertRowid)
  plan(gone, 'done')
  const kept = plan(other, 'done')
  plan(other, 'running')
  await grave.purge(ana, data.datasetId, '0000000.jpg', { reason: 'rights' })
  expect(sql.prepare(`SELECT id FROM Answer ORDER BY id`).pluck().all()).toEqual(stays)
  expect(sql.prepare(`SELECT sampleId FROM Answer ORDER BY id`).pluck().all()).toEqual([other, other, other])
  expect(sql.prepare(`SELECT id FROM RunPlan`).pluck().all()).toEqual([kept])
  expect(['Quoted words of Jane', 'Structured words of Jane', 'sorry, Jane', 'planned words of Jane'].filter(holds)).toEqual([])
})

test('a picture that others use stays, unless all of them are to go', async () => {
  const { data, sha256, id } = await picture('shared', 3)
  const one = await grave.purge(ana, data.datasetId, '0000001.jpg', { reason: 'rights' })
  expect(one.shared.map((other) => other.key)).toEqual(['0000000.jpg', '0000002.jpg'])
  expect(existsSync(media.storePath(sha256))).toBe(true)
  const rest = await grave.purge(ana, data.datasetId, '0000000.jpg', { reason: 'rights', everywhere: true })
  expect(rest.tombstones).toHaveLength(2)
  expect(existsSync(media.storePath(sha256))).toBe(false)
  expect(() => media.mediaById(id)).toThrow('no picture')
  await expect(grave.purge(ana, data.datasetId, '0000009.jpg', { reason: ' ' })).rejects.toMatchObject({ code: 'invalid' })
})

test('a backup is taken while another process writes, and restores every decision that was there', async () => {
  const { data, sha256 } = await picture('kept', 30)
  await store.decideCaption(ana, data.short[0], { decision: 'approve' })
  mkdirSync(path.join(home.home, 'cache'), { recursive: true })
  writeFileSync(path.join(home.home, 'cache', 'scrap'), 'x')
  const root = path.resolve(import.meta.dirname, '../..')
  const writer = spawn(process.execPath, ['--import', 'tsx', path.join(import.meta.dirname, 'race-client.ts'), 'Writer', '100000', JSON.stringify(data.short.slice(1))], { cwd: root, env: { ...process.env, RECAPTION_HOME: home.home }, stdio: ['ignore', 'pipe', 'ignore'] })
  let printed = ''
  writer.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()))
  while (printed.split('\n').length < 20) await new Promise((done) => setTimeout(done, 20))
  const before = printed.trim().split('\n').length - 1
  const manifest = await keep.backup(aside)
  const after = printed.length
  while (printed.length === after) await new Promise((done) => setTimeout(done, 20))
  writer.kill('SIGKILL')
  expect(manifest.files.map((file) => file.path)).toContain(path.join('media', sha256.slice(0, 2), sha256))
  expect(manifest.files.some((file) => file.path.startsWith('cache'))).toBe(false)
  await expect(keep.backup(aside)).rejects.toMatchObject({ code: 'invalid' })
  await expect(keep.backup(path.join(home.home, 'inside'))).rejects.toMatchObject({ code: 'invalid' })
  await expect(keep.restore(aside)).rejects.toMatchObject({ code: 'refused' })

  await ground.closeDb()
  rmSync(home.home, { recursive: true, force: true })
  migrate(path.join(home.home, 'recaption.db'))
  await keep.restore(aside)
  expect(ground.bulk().pragma('integrity_check', { simple: true })).toBe('ok')
  expect(captions.captionById(data.short[0]).standing).toBe('approved')
  expect(ground.bulk().prepare(`SELECT count(*) FROM Verdict WHERE reviewer = 'Writer'`).pluck().get()).toBeGreaterThanOrEqual(before)
  expect(readFileSync(media.storePath(sha256), 'utf8')).toContain('bytes of kept')
  await store.decideCaption(ana, data.short[0], { decision: 'reject' })
})

test('a damaged backup is refused before anything is touched', async () => {
  writeFileSync(path.join(aside, 'recaption.db'), 'nonsense')
  await expect(keep.restore(aside)).rejects.toMatchObject({ code: 'invalid' })
  await expect(keep.restore(home.home)).rejects.toMatchObject({ code: 'not_found' })
})
