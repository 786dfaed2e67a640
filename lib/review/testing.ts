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
