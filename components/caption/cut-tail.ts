import { estimatedCut } from '@/lib/caption/estimate'
import type { Cuts, Limit } from '@/lib/caption/limits'

export type Tail = {
  /** what the encoder reads, and what it never sees */
  read: string
  cut: string
  /** the cut part of the characters, 0 to 1 */
  share: number
  /** estimated, because the encoder's own tokenizer is not here */
  about: boolean
}

/**
 * What is known of a caption that the server sent: one that says nothing of `cuts` is read whole, as far as it can tell.
 * One that this page has made (its number is negative) the server has not seen.
 */
export const cutsIn = ({ id, cuts }: { id: number; cuts?: Cuts }): Cuts | undefined => (id < 0 ? undefined : (cuts ?? {}))

/** A caption as a text encoder sees it. Without `cuts` nothing is known of it and the tail is estimated. */
export function cutTail(text: string, limit: Pick<Limit, 'id' | 'counts' | 'tokens'>, cuts?: Cuts): Tail {
  const known = cuts?.[limit.id]
  const exact = known !== undefined || (cuts !== undefined && limit.counts === 'clip')
  const at = exact ? (known ?? null) : estimatedCut(text, limit.tokens)
  if (at === null) return { read: text, cut: '', share: 0, about: !exact }
  return { read: text.slice(0, at), cut: text.slice(at), share: (text.length - at) / text.length, about: !exact }
}
