import type { DiffPart } from '@/lib/caption/word-diff'

/** `cut`: an encoder never reads it; `first`: the tail begins here. */
type Cut = { cut: boolean; first: boolean }

/** Pieces of one text, split where an encoder stops reading. */
export function cutPieces<T extends { text: string }>(pieces: readonly T[], read: number): (T & Cut)[] {
  let from = 0
  return pieces.flatMap((piece) => {
    const [start, end] = [from, (from += piece.text.length)]
    return start < read && read < end ? [{ ...piece, text: piece.text.slice(0, read - start), cut: false, first: false }, { ...piece, text: piece.text.slice(read - start), cut: true, first: true }] : [{ ...piece, cut: start >= read, first: start === read }]
  })
}

/**
 * The parts of a diff, split where an encoder stops reading either text: what stays or came by the new text, what went by
 * the old one. `before`, `after`: the characters of each that are read.
 */
export function cutDiff(parts: readonly DiffPart[], { before, after }: { before: number; after: number }): (DiffPart & Cut)[] {
  const [went, stands] = [(part: DiffPart) => part.was !== 'added', (part: DiffPart) => part.was !== 'removed']
  const old = cutPieces(parts.filter(went), before).filter((piece) => piece.was === 'removed')
  const now = cutPieces(parts.filter(stands), after)
  const take = (from: (DiffPart & Cut)[], length: number) => {
    const taken: (DiffPart & Cut)[] = []
    for (let left = length; left > 0; left -= taken[taken.length - 1].text.length) taken.push(from.shift()!)
    return taken
  }
  return parts.flatMap((part) => take(part.was === 'removed' ? old : now, part.text.length))
}

/** The old text and the new one, as the parts spell them. */
export const sidesOf = (parts: readonly DiffPart[]): { before: string; after: string } => ({
  before: parts.map((part) => (part.was === 'added' ? '' : part.text)).join(''),
  after: parts.map((part) => (part.was === 'removed' ? '' : part.text)).join(''),
})
