/** Vocabularies of some 30,000 pieces, as those of T5, SigLIP and CLIP, make about four pieces of three English words. */
const PIECES_PER_WORD = 4 / 3
/** Their end mark takes one place. */
const END_MARK = 1

/** About how many places a text of so many words takes, where the encoder's own tokenizer is not here. */
export const estimatedPieces = (words: number): number => Math.ceil(words * PIECES_PER_WORD) + END_MARK

/** About where an encoder with so many places stops reading; null when all of it should fit. */
export function estimatedCut(text: string, places: number): number | null {
  const words = Math.floor((places - END_MARK) / PIECES_PER_WORD)
  let seen = 0
  let end = 0
  for (const match of text.matchAll(/\S+/g)) {
    if (++seen > words) return end
    end = match.index + match[0].length
  }
  return null
}
