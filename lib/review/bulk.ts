import { headOf, kindsOf } from '@/lib/caption/head'
import type { CaptionView } from '@/lib/caption/schema'

export const BULK_ACTS = ['approve', 'reject', 'clear', 'flag', 'unflag', 'drop', 'keep'] as const
export type BulkAct = (typeof BULK_ACTS)[number]

/** A caption as a bulk step sees it: everything but its text. */
export type Slim = Pick<CaptionView, 'id' | 'sampleId' | 'kind' | 'origin' | 'standing' | 'quarantined' | 'retired' | 'model' | 'runId'>
export type Which = { kinds?: readonly string[]; model?: string; runId?: number }
/** Captions to act on, and how many were passed over: a person's, and those that a guard holds back. */
export type Targets = { captions: Slim[]; human: number; quarantined: number }

const chosen = (which: Which) => (caption: Slim) =>
  (which.model === undefined || caption.model === which.model) && (which.runId === undefined || caption.runId === which.runId)

/**
 * The captions of one sample that a bulk verdict is about: of each kind (all but `alt` unless named) the head, never a
 * person's text, and for an approval never a quarantined one. `clear` takes back what was decided on any variant.
 */
export function targetsOf(act: 'approve' | 'reject' | 'clear', captions: readonly Slim[], which: Which): Targets {
  const found: Targets = { captions: [], human: 0, quarantined: 0 }
  const live = captions.filter((caption) => !caption.retired)
  const kinds = which.kinds?.length ? which.kinds : kindsOf(live).filter((kind) => kind !== 'alt')
  for (const kind of kinds) {
    const ofKind = live.filter((caption) => caption.kind === kind)
    const human = ofKind.filter((caption) => caption.origin === 'human' && (act === 'clear' ? caption.standing !== 'pending' : caption.standing !== 'rejected'))
    found.human += human.length
    const open = ofKind.filter((caption) => caption.origin !== 'human' && chosen(which)(caption))
    if (act === 'clear') {
      found.captions.push(...open.filter((caption) => caption.standing !== 'pending'))
    } else if (act === 'reject') {
      const head = headOf(open.map((caption) => ({ ...caption, quarantined: false })), kind)
      if (head) found.captions.push(head)
    } else {
      found.quarantined += open.filter((caption) => caption.quarantined && caption.standing === 'pending').length
      const head = human.length ? undefined : headOf(open, kind)
      if (head?.standing === 'pending') found.captions.push(head)
    }
  }
  return found
}
