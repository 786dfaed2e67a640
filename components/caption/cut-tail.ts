import { estimatedCut } from '@/lib/caption/estimate'
import type { Limit } from '@/lib/caption/limits'

/** Where encoders stop reading, by the id of the limit, as `cutsOf` tells it; null: all of it fits. */
export type Cuts = Readonly<Record<string, number | null>>
export type Tail = {
  /** what the encoder reads, and what it never sees */
  read: string
  cut: string
  /** the cut part of the characters, 0 to 1 */
  share: number
  /** estimated, because the encoder's own tokenizer is not here */
  about: boolean
}

/** A caption as a text encoder sees it. Without `cuts` nothing is known of it and the tail is estimated. */
export function cutTail(text: string, limit: Pick<Limit, 'id' | 'counts' | 'tokens'>, cuts?: Cuts): Tail {
  const known = cuts?.[limit.id]
  const exact = known !== undefined || (cuts !== undefined && limit.counts === 'clip')
  const at = exact ? (known ?? null) : estimatedCut(text, limit.tokens)
  if (at === null) return { read: text, cut: '', share: 0, about: !exact }
  return { read: text.slice(0, at), cut: text.slice(at), share: (text.length - at) / text.length, about: !exact }
}
