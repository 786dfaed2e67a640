import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { insertCaptions } from '@/lib/caption/store'
import { createDataset } from '@/lib/dataset/store'
import { bulk } from '@/lib/db'
import { encodePixels } from '@/lib/media/picture'
import { allowRoot } from '@/lib/media/roots-store'
import { hashOf, mediaWriter } from '@/lib/media/store'

const AWKWARD = ['plain', 'with space', 'a/b', 'a__b', 'quote "and" comma,', 'é è', 'line\nbreak', '=cmd', '.hidden', 'CON', 'x'.repeat(120)]

/** A dataset on real pictures with awkward keys and texts, for tests of releases. */
export async function fillDataset(name: string, options: { samples: number; folder: string; pictures?: boolean }): Promise<number> {
  const dataset = await createDataset({ name, licence: 'CC0-1.0' })
  mkdirSync(options.folder, { recursive: true })
  await allowRoot(options.folder)
  const sql = bulk()
  const media = mediaWriter()
  const sample = sql.prepare(`INSERT INTO Sample (datasetId, key, position, mediaId, meta) VALUES (?, ?, ?, ?, ?)`)
  for (let i = 0; i < options.samples; i++) {
    const key = i < AWKWARD.length ? `${AWKWARD[i]}.png` : `pictures/${String(i).padStart(6, '0')}.png`
    let mediaId: number | null = null
    if (options.pictures !== false) {
      const { bytes } = await encodePixels({ data: new Uint8Array(8 * 8 * 3).fill(i % 256).map((value, at) => (value + at * ((i >> 8) + 1)) % 256), width: 8, height: 8 }, 'png')
      const file = path.join(options.folder, `${i}.png`)
      writeFileSync(file, bytes)
      mediaId = media({ place: 'file', path: file, sha256: hashOf(bytes), mime: 'image/png', width: 8, height: 8, bytes: bytes.length })
    }
    const id = Number(sample.run(dataset.id, key, i, mediaId, i % 3 === 0 ? JSON.stringify({ page: i, note: '=1+1' }) : null).lastInsertRowid)
    const captions = [{ datasetId: dataset.id, sampleId: id, kind: 'alt', origin: 'source' as const, text: i % 5 === 0 ? `=price ${i}, "new"\nsecond line` : `alt text ${i}` }]
    if (i % 7 !== 0) captions.push({ datasetId: dataset.id, sampleId: id, kind: 'short', origin: 'model' as never, text: `a small grey picture number ${i}`, ...{ model: 'built-in', recipe: 'short@1' } })
    insertCaptions(captions)
  }
  return dataset.id
}
