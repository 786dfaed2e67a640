import type { CaptionView } from '@/lib/caption/schema'
import type { DeskItem } from '@/lib/review/desk-store'
import type { Decided } from '@/lib/review/store'
import type { Caption } from '../api'
import { applyEntry } from './overlay'
import type { Entry } from './outbox'

/** A caption as the API's samples carry it: what is not there is left out. */
function asCaption({ id, kind, origin, standing, text, version, words, tokens, quarantined, createdAt, model, recipe, runId, parentId, author }: CaptionView): Caption {
  return {
    id, kind, origin, standing, text, version, words, tokens, quarantined, createdAt,
    ...(model === null ? {} : { model }), ...(recipe === null ? {} : { recipe }), ...(runId === null ? {} : { runId }), ...(parentId === null ? {} : { parentId }), ...(author === null ? {} : { author }),
  }
}

function withCaption(captions: readonly Caption[], view: CaptionView | undefined): Caption[] {
  if (!view) return [...captions]
  const rest = captions.filter((caption) => caption.id !== view.id)
  if (view.retired) return rest
  const before = captions.find((caption) => caption.id === view.id)
  return [...rest, { ...asCaption(view), tokens: view.tokens ?? before?.tokens ?? null }]
}

/** What is known of a sample once the server has taken a decision about it. */
export function received(item: DeskItem, entry: Entry, { caption, made, sample }: Decided): DeskItem {
  const shown = entry.deed.on === 'sample' ? applyEntry(item, entry) : item
  const captions = withCaption(withCaption(shown.sample.captions, caption), made)
  const flags = caption && !caption.quarantined ? shown.sample.flags.filter((flag) => flag.captionId !== caption.id || !item.sample.captions.find((one) => one.id === caption.id)?.quarantined) : shown.sample.flags
  return { ...shown, sample: { ...shown.sample, captions, flags, dropped: sample.dropped, version: sample.version } }
}
