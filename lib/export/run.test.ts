import { execFileSync, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { formats } from '@/lib/format'
import { freshHome } from '@/lib/testing'
import type { Manifest as ManifestType } from './schema'

let home: string
let remove: () => Promise<void>
let run: typeof import('./run')
let store: typeof import('./store')
const anywhere = { anywhere: true }
const out = (name: string) => path.join(home, 'out', name)
const filesOf = (folder: string) => readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name)).sort()
const manifestIn = (folder: string) => JSON.parse(readFileSync(path.join(folder, 'manifest.json'), 'utf8')) as ManifestType
const left = () => (statSync(path.join(home, 'out'), { throwIfNoEntry: false }) ? readdirSync(path.join(home, 'out')).filter((name) => name.endsWith('.part')) : [])

beforeAll(async () => {
  ;({ home, remove } = await freshHome())
  run = await import('./run')
  store = await import('./store')
  const { fillDataset } = await import('./fixture')
  await fillDataset('pictures', { samples: 60, folder: path.join(home, 'source') })
  await fillDataset('twin', { samples: 60, folder: path.join(home, 'elsewhere') })
})
afterAll(() => remove())

const writable = formats.all.filter((format) => format.write && format.read).map((format) => format.id)
describe.each(writable)('%s', (format) => {
  test('leads to pictures that stay where they are, by paths from its own folder', async () => {
    const asked = { dataset: 'pictures', format, p: 0.6, seed: 3, images: 'relative' as const, out: out(`${format}-relative`) }
    if (!formats.get(format).references) return void (await expect(run.requestRelease(asked, anywhere)).rejects.toMatchObject({ code: 'invalid', message: expect.stringContaining('copy') as string }))
    const result = await run.exportNow(asked, anywhere)
    expect(result.samples).toBe(60)
    const files = filesOf(result.path)
    expect(files.some((file) => file.endsWith('.png'))).toBe(false)
    expect(files.every((file) => !readFileSync(file).includes(home))).toBe(true)
  })
  test('is proved, and the same inputs give the same bytes', async () => {
    const request = { dataset: 'pictures', format, p: 0.6, seed: 3 }
    const result = await run.exportNow({ ...request, out: out(`${format}-1`) }, anywhere)
    expect(result.samples).toBe(60)
    expect(result.byKind.alt + result.byKind.short).toBe(60)
    expect(result.effectiveP).toBeCloseTo(result.byKind.short / 60)
    const again = await run.exportNow({ ...request, out: out(`${format}-2`) }, anywhere)
    const [one, two] = [result.path, again.path].map((folder) => filesOf(folder).map((file) => [path.relative(folder, file), readFileSync(file).toString('base64')]))
    expect(two).toEqual(one)
    // the same data under other database ids, from another place on the disk
    const twin = await run.exportNow({ ...request, dataset: 'twin', out: out(`${format}-3`) }, anywhere)
    const data = (files: typeof one) => files.filter(([file]) => file !== 'manifest.json' && file !== 'README.md')
    expect(data(filesOf(twin.path).map((file) => [path.relative(twin.path, file), readFileSync(file).toString('base64')]))).toEqual(data(one))
    const said = (folder: string) => readFileSync(path.join(folder, 'README.md'), 'utf8').replaceAll('twin', 'pictures')
    expect(said(twin.path)).toBe(said(result.path))
    const manifest = manifestIn(result.path)
    expect(manifest.proof).toMatchObject({ samples: 60, carries: [...formats.get(format).carries] })
    for (const file of manifest.files) expect(execFileSync('sha256sum', [path.join(result.path, file.path)], { encoding: 'utf8' }).replace(/^\\/, '').slice(0, 64)).toBe(file.sha256)
    const texts = filesOf(result.path).filter((file) => !file.endsWith('.png')).map((file) => readFileSync(file, 'latin1')).join('\n')
    expect(texts).not.toContain(home)
    expect(left()).toEqual([])
  })
})

test('the pick decides who is synthetic, raising p only adds, and alt texts step in where nothing was written', async () => {
  const { pick } = await import('@/lib/blend/pick')
  const { BlendSpec } = await import('@/lib/blend/schema')
  const result = await run.exportNow({ dataset: 'pictures', format: 'jsonl', p: 0.6, seed: 3, images: 'reference', out: out('picks') }, anywhere)
  const rows = readFileSync(path.join(result.path, 'data.jsonl'), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as { key: string; chosen: { kind: string; origin: string; text: string }; candidates: { kind: string; standing: string; model?: string; recipe?: string; p?: number }[]; image?: string })
  expect(rows.length).toBe(60)
  let fallbacks = 0
  for (const row of rows) {
    const decision = pick(row.key, row.candidates.map((one) => one.kind), BlendSpec.parse({ p: 0.6, seed: 3 }))
    expect(row.chosen.kind).toBe(decision?.kind)
    fallbacks += Number(decision?.fallback)
    expect(row.image).toBe(row.key)
  }
  expect(result.fallbacks).toBe(fallbacks)
  expect(rows[1].candidates[1]).toEqual({ kind: 'short', origin: 'model', standing: 'pending', text: 'a small grey picture number 1', model: 'built-in', recipe: 'short@1' })
})

test('weighted releases pass every candidate on with its probability', async () => {
  const result = await run.exportNow({ dataset: 'pictures', format: 'jsonl', p: 0.8, mode: 'weighted', images: 'reference', out: out('weighted') }, anywhere)
  const rows = readFileSync(path.join(result.path, 'data.jsonl'), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as { candidates: { kind: string; p: number }[] })
  for (const row of rows) expect(row.candidates.reduce((sum, one) => sum + one.p, 0)).toBeCloseTo(1)
  expect(rows[1].candidates.map((one) => [one.kind, one.p])).toEqual([['alt', expect.closeTo(0.2)], ['short', 0.8]])
  expect(rows[0].candidates.map((one) => one.p)).toEqual([1])
})

test('pictures are linked where the file system can, and written otherwise', async () => {
  const result = await run.exportNow({ dataset: 'pictures', format: 'imagefolder', images: 'link', out: out('linked') }, anywhere)
  const pictures = filesOf(result.path).filter((file) => file.endsWith('.png'))
  expect(pictures.length).toBe(60)
  for (const file of pictures) expect(statSync(file).nlink).toBe(2)
})

test('near-duplicates stay in one split', async () => {
  const { bulk } = await import('@/lib/db')
  const ids = bulk().prepare(`SELECT s.id FROM Sample s JOIN Dataset d ON d.id = s.datasetId WHERE d.name = 'pictures' AND s.position BETWEEN 20 AND 39 ORDER BY s.id`).pluck().all() as number[]
  for (const id of ids) bulk().prepare(`UPDATE Sample SET groupId = ? WHERE id = ?`).run(ids[0], id)
  const result = await run.exportNow({ dataset: 'pictures', format: 'jsonl', images: 'reference', splits: { train: 0.5, validation: 0.25, test: 0.25 }, out: out('splits') }, anywhere)
  const rows = filesOf(result.path).filter((file) => file.endsWith('.jsonl')).flatMap((file) => readFileSync(file, 'utf8').trim().split('\n').map((line) => JSON.parse(line) as { key: string; split: string }))
  const group = rows.filter((row) => /0000(2|3)\d\.png$/.test(row.key)).map((row) => row.split)
  expect(group.length).toBe(20)
  expect(new Set(group).size).toBe(1)
  const manifest = manifestIn(result.path)
  expect(Object.values(manifest.bySplit).reduce((a, b) => a + b, 0)).toBe(60)
  expect(Object.keys(manifest.bySplit).length).toBeGreaterThan(1)
  bulk().prepare(`UPDATE Sample SET groupId = NULL`).run()
})

test('a spreadsheet-safe table has no cell that a spreadsheet would run, and says so', async () => {
  const result = await run.exportNow({ dataset: 'pictures', format: 'csv', p: 0, profile: 'spreadsheet', images: 'reference', out: out('safe') }, anywhere)
  const { parse } = await import('csv-parse/sync')
  const rows = parse(readFileSync(path.join(result.path, 'data.csv'))) as string[][]
  expect(rows.length).toBe(61)
  for (const cell of rows.flat()) expect(cell).not.toMatch(/^[=+\-@\t\r]/)
  expect(manifestIn(result.path).profile).toBe('spreadsheet')
})

test('a release never overwrites, and one made here stays below the home', async () => {
  mkdirSync(out('taken'), { recursive: true })
  writeFileSync(path.join(out('taken'), 'mine.txt'), 'mine')
  await expect(run.exportNow({ dataset: 'pictures', format: 'jsonl', out: out('taken') }, anywhere)).rejects.toMatchObject({ code: 'conflict' })
  await expect(run.exportNow({ dataset: 'pictures', format: 'jsonl', out: '../../elsewhere' })).rejects.toMatchObject({ code: 'refused' })
  const inside = await run.exportNow({ dataset: 'pictures', format: 'jsonl', images: 'reference' })
  expect(inside.path.startsWith(path.join(home, 'releases') + path.sep)).toBe(true)
  expect(store.releaseById(inside.release)).toMatchObject({ status: 'done', samples: 60 })
})

test('nothing is written when nothing can be released, and wrong requests are told apart', async () => {
  await expect(run.exportNow({ dataset: 'pictures', format: 'jsonl', filter: 'key:nowhere', out: out('empty') }, anywhere)).rejects.toMatchObject({ code: 'invalid' })
  await expect(run.exportNow({ dataset: 'pictures', format: 'jsonl', filter: 'colour:red', out: out('empty') }, anywhere)).rejects.toMatchObject({ code: 'invalid' })
  await expect(run.exportNow({ dataset: 'pictures', format: 'jsonl', p: 2, out: out('empty') }, anywhere)).rejects.toMatchObject({ code: 'invalid' })
  await expect(run.exportNow({ dataset: 'nobody', format: 'jsonl', out: out('empty') }, anywhere)).rejects.toMatchObject({ code: 'not_found' })
  const stop = AbortSignal.abort()
  await expect(run.exportNow({ dataset: 'pictures', format: 'jsonl', out: out('empty') }, { ...anywhere, signal: stop })).rejects.toThrow()
  expect(statSync(out('empty'), { throwIfNoEntry: false })).toBeUndefined()
  expect(left()).toEqual([])
})

test('a release that fails leaves no ledger of its samples', async () => {
  await expect(run.exportNow({ dataset: 'pictures', format: 'jsonl', filter: 'key:nowhere', out: out('none') }, anywhere)).rejects.toThrow()
  const failed = store.releasesOf((await (await import('@/lib/dataset/store')).datasetByName('pictures')).id).filter(({ status }) => status === 'failed')
  expect(failed.length).toBeGreaterThan(0)
  const { ledgerOf } = await import('./ledger')
  for (const { id } of failed) expect(statSync(ledgerOf(id), { throwIfNoEntry: false })).toBeUndefined()
})

test('no sweep takes a release that begins for an interrupted one', async () => {
  const { id } = await run.requestRelease({ dataset: 'pictures', format: 'jsonl', filter: 'grey', images: 'reference', out: out('swept') }, anywhere)
  let done = false
  const making = run.runRelease(id).finally(() => (done = true))
  while (!done) {
    await run.sweepReleases()
    expect(store.releaseById(id).status).not.toBe('failed')
    await new Promise(setImmediate)
  }
  expect((await making).samples).toBeGreaterThan(0)
})

test('a release killed when it had its name and its row did not know is done when it is taken up again', async () => {
  const made = await run.exportNow({ dataset: 'pictures', format: 'jsonl', images: 'reference', out: out('named') }, anywhere)
  const { bulk } = await import('@/lib/db')
  bulk().prepare(`UPDATE Release SET status = 'running', manifest = NULL, samples = 0 WHERE id = ?`).run(made.release)
  expect(await run.runRelease(made.release)).toEqual({ ...made, seconds: null })
  expect(store.releaseById(made.release)).toMatchObject({ status: 'done', samples: made.samples })
})

test('a list of releases names no file of theirs; each release gives its own some at a time', async () => {
  const { release, path: folder } = await run.exportNow({ dataset: 'pictures', format: 'imagefolder', out: out('listed') }, anywhere)
  const { files } = manifestIn(folder)
  const listed = store.releasesOf(store.releaseById(release).datasetId)
  expect(listed[0]).toMatchObject({ id: release, manifest: { samples: 60 }, files: { count: files.length, bytes: files.reduce((sum, file) => sum + file.bytes, 0) } })
  expect(JSON.stringify(listed)).not.toContain('sha256')
  const { GET } = await import('@/app/api/v1/releases/[id]/files/route')
  const seen: typeof files = []
  for (let after: number | undefined = 0; after !== undefined; ) {
    const answer = await GET(new Request(`http://127.0.0.1/?after=${after}&limit=25`, { headers: { host: '127.0.0.1' } }), { params: Promise.resolve({ id: String(release) }) })
    const page = (await answer.json()) as { files: typeof files; next?: number }
    expect(page.files.length).toBeLessThanOrEqual(25)
    seen.push(...page.files)
    after = page.next
  }
  expect(seen).toEqual(files)
})

test('two releases are compared by key', async () => {
  const { compareReleases } = await import('./compare')
  const before = await run.exportNow({ dataset: 'pictures', format: 'jsonl', p: 0, images: 'reference', filter: '-key:plain', out: out('before') }, anywhere)
  const after = await run.exportNow({ dataset: 'pictures', format: 'jsonl', p: 1, images: 'reference', filter: '-key:000030', out: out('after') }, anywhere)
  const seen = await compareReleases(before.release, after.release)
  expect(seen.added).toEqual({ count: 1, examples: ['plain.png'] })
  expect(seen.removed).toEqual({ count: 1, examples: ['pictures/000030.png'] })
  expect(seen.changed.count).toBe(58 - (seen.same))
  const one = seen.changed.examples.find((example) => example.key === 'pictures/000011.png')
  expect(one).toEqual({ key: 'pictures/000011.png', before: { kind: 'alt', text: 'alt text 11', cuts: {} }, after: { kind: 'short', text: 'a small grey picture number 11', cuts: {} } })
  expect(seen.shift.kinds).toBeGreaterThan(0.5)
  expect(seen.shift.openings).toBeGreaterThan(0.5)
  expect(seen.shift.lengths).toBe(0) // all texts have fewer than ten words
})

test('a picture that is not where a path leads makes no release', async () => {
  const [picture, moved] = [path.join(home, 'source', '7.png'), path.join(home, 'source', 'moved.png')]
  renameSync(picture, moved)
  await expect(run.exportNow({ dataset: 'pictures', format: 'csv', images: 'relative', out: out('gone') }, anywhere)).rejects.toMatchObject({ code: 'unavailable', message: expect.stringMatching(/^1 of 60 paths to pictures lead to no file/) as string })
  renameSync(moved, picture)
  expect(statSync(out('gone'), { throwIfNoEntry: false })).toBeUndefined()
  expect(left()).toEqual([])
})

describe.each([['jsonl', 'texts', 8], ['webdataset', 'many', 6], ['imagefolder', 'many', 6]])('%s', (format, dataset, kills) => {
  test(`kill −9 at ${kills} random points of an export leaves nothing half`, async () => {
    const { fillDataset } = await import('./fixture')
    const { datasetByName } = await import('@/lib/dataset/store')
    const samples = dataset === 'texts' ? 3000 : 400
    await datasetByName(dataset).catch(() => fillDataset(dataset, { samples, folder: path.join(home, `source-${dataset}`), pictures: dataset === 'many' }))
    const target = out(`killed-${format}`)
    // Each waits with everything loaded for a word to begin, so that the next one loads while one is killed.
    const ready = () => spawn(process.execPath, ['--import', 'tsx', path.join(import.meta.dirname, 'export-child.ts'), target, dataset, format], { env: { ...process.env, RECAPTION_HOME: home }, stdio: ['pipe', 'pipe', 'inherit'] })
    const exporting = (one: ReturnType<typeof ready>, killAfter?: number) =>
      new Promise<number>((resolve, reject) => {
        let begun = 0
        one.stdout.once('data', () => {
          begun = performance.now()
          if (killAfter !== undefined) setTimeout(() => one.kill('SIGKILL'), killAfter)
        })
        one.once('error', reject)
        one.once('exit', () => resolve(performance.now() - begun))
        one.stdin.on('error', () => undefined) // its end is told by its exit
        one.stdin.write('go')
      })
    const isWhole = () => {
      const manifest = manifestIn(target)
      expect(manifest.samples).toBe(samples)
      expect(filesOf(target).length).toBe(manifest.files.length + 1)
      for (const file of manifest.files) expect(createHash('sha256').update(readFileSync(path.join(target, file.path))).digest('hex'), file.path).toBe(file.sha256)
    }
    const length = await exporting(ready())
    let next = ready()
    isWhole()
    rmSync(target, { recursive: true })
    let whole = 0
    const points = Array.from({ length: kills }, () => Math.random() * length)
    for (const [i, point] of points.entries()) {
      const one = next
      next = ready()
      await exporting(one, point)
      if (!statSync(target, { throwIfNoEntry: false })) continue
      whole++
      try {
        isWhole()
      } catch (error) {
        throw new Error(`killed after ${point.toFixed(1)} of ${length.toFixed(1)} ms (kill ${i})`, { cause: error })
      }
      rmSync(target, { recursive: true })
    }
    next.kill('SIGKILL')
    expect(whole).toBeLessThan(kills)
    await run.sweepReleases()
    expect(left()).toEqual([])
    expect(store.runningReleases()).toEqual([])
    expect((await run.exportNow({ dataset, format, out: target }, anywhere)).samples).toBe(samples)
  }, 180_000)
})
