import { createWriteStream, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ZipFile } from 'yazl'
import { formats } from '@/lib/format'
import { freshHome } from '@/lib/testing'
import type { Values } from '../types'

let home: Awaited<ReturnType<typeof freshHome>>
let verbs: typeof import('./index').verbs
let rows: (dataset: string) => { key: string; alt: string | null; short: string | null }[]

/** As the command line does it, without ending the process. */
async function recaption(id: string, ...args: string[]) {
  const verb = await verbs.find(id)
  if (!verb) throw new Error(`There is no verb ${id}.`)
  const { values, positionals } = parseArgs({ args, options: { ...verb.options, json: { type: 'boolean' } }, allowPositionals: true, strict: true })
  return (await verb.run(positionals, values as Values, { signal: new AbortController().signal, progress: () => undefined })).result as Record<string, unknown>
}

async function zipped(folder: string, archive: string): Promise<void> {
  const zip = new ZipFile()
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }))
    if (entry.isFile()) zip.addBuffer(readFileSync(path.join(entry.parentPath, entry.name)), path.relative(folder, path.join(entry.parentPath, entry.name)))
  zip.end()
  await pipeline(zip.outputStream, createWriteStream(archive))
}

const COUNT = 6
beforeAll(async () => {
  home = await freshHome()
  verbs = (await import('./index')).verbs
  const { encodePixels } = await import('@/lib/media/picture')
  const { bulk } = await import('@/lib/db')
  const { insertCaptions } = await import('@/lib/caption/store')
  const source = path.join(home.home, 'source')
  mkdirSync(source)
  for (let i = 0; i < COUNT; i++) {
    const { bytes } = await encodePixels({ data: Uint8Array.from({ length: 24 * 16 * 3 }, (_, at) => (at * 7 + i * 31) % 256), width: 24, height: 16 }, 'jpeg')
    writeFileSync(path.join(source, `p${i}.jpg`), bytes)
    writeFileSync(path.join(source, `p${i}.txt`), `alt text “${i}”, with a comma\nand a line`)
  }
  await recaption('import', source, '--dataset', 'first')
  const samples = bulk().prepare('SELECT id, datasetId FROM Sample ORDER BY id').all() as { id: number; datasetId: number }[]
  insertCaptions(samples.map(({ id, datasetId }, i) => ({ datasetId, sampleId: id, text: `A short caption, number ${i}.`, kind: 'short', origin: 'model', model: 'vl', recipe: 'short@1' })))
  rows = (dataset) =>
    bulk().prepare(`SELECT s.key, (SELECT text FROM Caption WHERE sampleId = s.id AND kind = 'alt' ORDER BY id LIMIT 1) AS alt, (SELECT text FROM Caption WHERE sampleId = s.id AND kind <> 'alt' ORDER BY id LIMIT 1) AS short
      FROM Sample s JOIN Dataset d ON d.id = s.datasetId WHERE d.name = ? ORDER BY s.id`).all(dataset) as ReturnType<typeof rows>
})
afterAll(() => home.remove())

describe.each(formats.all.map((format) => [format.id] as const))('%s by command line', (id) => {
  test('goes out, comes in again, and nothing is lost that it carries', async () => {
    const out = path.join(home.home, `release-${id}`)
    const made = await recaption('export', '--dataset', 'first', '--format', id, '--out', out, '--p', '1')
    expect(made).toMatchObject({ samples: COUNT, byKind: { short: COUNT } })
    const back = await recaption('import', out, '--dataset', `back-${id}`)
    expect(back).toMatchObject({ added: COUNT, skipped: 0, problems: [] })
    const texts = rows(`back-${id}`).map((row) => [row.short, row.alt].filter((text) => text !== null))
    for (const [i, found] of texts.entries()) expect(found, `sample ${i}`).toContain(`A short caption, number ${i}.`)
    expect(await recaption('import', out, '--dataset', `back-${id}`)).toMatchObject({ added: 0, skipped: COUNT })
  })

  test('comes in from a zip of itself', async () => {
    const out = path.join(home.home, `release-${id}`)
    const archive = path.join(home.home, `${id}.zip`)
    await zipped(out, archive)
    expect(await recaption('import', archive, '--dataset', `zip-${id}`)).toMatchObject({ added: COUNT, problems: [] })
  })
})
