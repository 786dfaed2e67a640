import { cutsOf } from '@/lib/caption/cuts'
import type { Cuts } from '@/lib/caption/limits'
import { captionById, captionsOf } from '@/lib/caption/store'
import { bulk } from '@/lib/db'
import { AppError } from '@/lib/errors'

/** A picture without a word about what was decided or who wrote what. */
export type BlindPicture = { id: number; key: string; mediaId: number | null; fault: string | null; dropped: boolean }
/** A caption without its origin, model, flags and standing. `alt`: the text the sample came with. `cuts`, `altCuts`: where encoders stop reading them. */
export type BlindSample = { sample: BlindPicture; caption: { id: number; kind: string; text: string; cuts: Cuts }; alt: string | null; altCuts: Cuts }

export function blindPicture(sampleId: number): BlindPicture {
  const row = bulk().prepare(`SELECT s.id, s.key, s.mediaId, m.fault, s.dropped FROM Sample s LEFT JOIN Media m ON m.id = s.mediaId WHERE s.id = ?`).get(sampleId) as (Omit<BlindPicture, 'dropped'> & { dropped: number }) | undefined
  if (!row) throw new AppError('not_found', `Sample ${sampleId} is no longer there.`)
  return { ...row, dropped: Boolean(row.dropped) }
}

export function blindSample(sampleId: number, captionId: number): BlindSample {
  const { id, kind, text } = captionById(captionId)
  const alt = captionsOf([sampleId]).find((caption) => caption.kind === 'alt' && !caption.retired && caption.id !== id)
  return { sample: blindPicture(sampleId), caption: { id, kind, text, cuts: cutsOf(text) }, alt: alt?.text ?? null, altCuts: cutsOf(alt?.text ?? '') }
}
