import { bulk } from '@/lib/db'
import { createDataset } from '@/lib/dataset/store'
import { indexText, insertCaptions } from '@/lib/caption/store'
import { captionOf } from './words'

/** One in a thousand ends in words of its own. */
const textOf = (row: number): string => (row % 1000 === 7 ? `${captionOf(row)} beside a lighthouse keeper` : captionOf(row))

/** `pictures`: files that the samples have in turn, instead of addresses that nobody fetches; `short`: a model's caption beside each alt text. */
type More = { pictures?: readonly string[]; short?: boolean }

/** A dataset of so many samples with an alt text each, written as an import writes them. */
export async function manySamples(name: string, count: number, fullText = true, { pictures, short = false }: More = {}): Promise<number> {
  const { id: datasetId } = await createDataset({ name })
  const sql = bulk()
  sql.pragma('cache_size = -131072')
  const media = sql.prepare(`INSERT INTO Media (place, path, width, height) VALUES (?, ?, ?, 768)`)
  const sample = sql.prepare(`INSERT INTO Sample (datasetId, key, position, mediaId) VALUES (?, ?, ?, ?)`)
  for (let at = 0; at < count; at += 5000) {
    sql.transaction(() => {
      const rows = Array.from({ length: Math.min(5000, count - at) }, (_, i) => {
        const mediaId = media.run(pictures ? 'file' : 'url', pictures ? pictures[(at + i) % pictures.length] : `https://pictures.example/${at + i}.jpg`, 256 + ((at + i) % 1024)).lastInsertRowid
        return { sampleId: Number(sample.run(datasetId, `${String(at + i).padStart(9, '0')}.jpg`, at + i, mediaId).lastInsertRowid), i: at + i }
      })
      insertCaptions(rows.map(({ sampleId, i }) => ({ datasetId, sampleId, text: textOf(i), kind: 'alt', origin: 'source' })))
      if (short) insertCaptions(rows.map(({ sampleId, i }) => ({ datasetId, sampleId, text: textOf(i + count), kind: 'short', origin: 'model', model: 'bench' })))
    }).immediate()
    if (fullText) while (indexText(5000) > 0);
  }
  return datasetId
}
