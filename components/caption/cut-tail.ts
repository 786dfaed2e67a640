import type { Limit } from '@/lib/caption/limits'

/** Where encoders stop reading, by the id of the limit; null: all of it fits. */
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

/** Vocabularies of about 32,000 pieces, as T5's and SigLIP's, make some four pieces of three English words. */
const PIECES_PER_WORD = 4 / 3
/** Their end mark takes one place. */
const END_MARK = 1

/** About where an encoder with a vocabulary of pieces stops reading; null when all of it should fit. */
export function estimatedCut(text: string, tokens: number): number | null {
  const words = Math.floor((tokens - END_MARK) / PIECES_PER_WORD)
  let seen = 0
  let end = 0
  for (const match of text.matchAll(/\S+/g)) {
    if (++seen > words) return end
    end = match.index + match[0].length
  }
  return null
}

/** A caption as a text encoder sees it. CLIP's cut is exact where it is known; others are estimated. */
export function cutTail(text: string, limit: Pick<Limit, 'id' | 'counts' | 'tokens'>, cuts: Cuts = {}): Tail {
  const exact = limit.counts === 'clip'
  const at = exact ? (cuts[limit.id] ?? null) : estimatedCut(text, limit.tokens)
  if (at === null) return { read: text, cut: '', share: 0, about: !exact }
  return { read: text.slice(0, at), cut: text.slice(at), share: (text.length - at) / text.length, about: !exact }
}
