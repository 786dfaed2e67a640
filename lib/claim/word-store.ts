import { z } from 'zod'
import { Sight, SIGHT_VERSION } from '@/lib/captioner/builtin/sight'
import { bulk, now } from '@/lib/db'
import { AppError } from '@/lib/errors'

/** From so many pairs on the word model may be used. */
export const LEAST_PAIRS = 1000
/** +1 whenever it is fitted or measured otherwise. */
const VERSION = 1
const METRIC = 'word-model'

export const WordGain = z.object({
  pairs: z.number().int(),
  /** AUC of true against shuffled pairs: by the checks alone, by the word model alone, by both */
  rules: z.number(),
  alone: z.number(),
  both: z.number(),
  /** both − rules, cross-validated, with its 95 % interval by resampling pairs */
  gain: z.number(),
  low: z.number(),
  high: z.number(),
  measuredAt: z.string(),
})
export type WordGain = z.infer<typeof WordGain>

export type TextOfPicture = { sampleId: number; mediaId: number; text: string; sight: Sight }

/** Up to `most` alt texts whose pictures were looked at, spread evenly over a dataset. */
export function* textsOfPictures(datasetId: number, most: number): Generator<TextOfPicture> {
  const ids = bulk().prepare(`SELECT c.id FROM Caption c JOIN Sample s ON s.id = c.sampleId WHERE c.datasetId = ? AND c.kind = 'alt' AND c.origin = 'source' AND c.retiredAt IS NULL
    AND EXISTS (SELECT 1 FROM Sight g WHERE g.mediaId = s.mediaId AND g.version = ?) ORDER BY c.id`).pluck().all(datasetId, SIGHT_VERSION) as number[]
  const one = bulk().prepare(`SELECT c.sampleId, g.mediaId, c.text, g.data FROM Caption c JOIN Sample s ON s.id = c.sampleId JOIN Sight g ON g.mediaId = s.mediaId AND g.version = ? WHERE c.id = ?`)
  const step = Math.max(1, ids.length / most)
  for (let at = 0; at < ids.length; at += step) {
    const row = one.get(SIGHT_VERSION, ids[Math.floor(at)]) as { sampleId: number; mediaId: number; text: string; data: string } | undefined
    if (row) yield { sampleId: row.sampleId, mediaId: row.mediaId, text: row.text, sight: Sight.parse(JSON.parse(row.data)) }
  }
}

export function keepGain(datasetId: number, gain: WordGain): void {
  bulk().prepare(`INSERT INTO Summary (datasetId, scope, metric, version, value, createdAt) VALUES (?, 'alt', ?, ?, ?, ?)
    ON CONFLICT (datasetId, scope, metric) DO UPDATE SET version = excluded.version, value = excluded.value, createdAt = excluded.createdAt`).run(datasetId, METRIC, VERSION, JSON.stringify(gain), now())
}

/** What the word model was measured to gain in a dataset; undefined when it was not. */
export function gainOf(datasetId: number): WordGain | undefined {
  const value = bulk().prepare(`SELECT value FROM Summary WHERE datasetId = ? AND scope = 'alt' AND metric = ? AND version = ?`).pluck().get(datasetId, METRIC, VERSION) as string | undefined
  return value === undefined ? undefined : WordGain.parse(JSON.parse(value))
}

/** Throws 'refused' with the reason when the word model may not be switched on. */
export function allowWordModel(datasetId: number, least = LEAST_PAIRS): void {
  const gain = gainOf(datasetId)
  if (!gain) throw new AppError('refused', 'The word model was not measured here yet. Measure it first: its gain must be shown before it is used.')
  if (gain.pairs < least) throw new AppError('refused', `The word model was measured on ${gain.pairs} pairs; it may be used from ${least.toLocaleString('en')} on.`)
  if (gain.low <= 0) throw new AppError('refused', `The word model shows no sure gain here: AUC ${gain.rules.toFixed(3)} without it, ${gain.both.toFixed(3)} with it (gain ${gain.low.toFixed(3)} to ${gain.high.toFixed(3)}).`)
}
