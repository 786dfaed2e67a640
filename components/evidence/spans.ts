export type Span = { id: number; start: number; end: number }
export type Piece = { text: string; start: number; /** claims that cover it, the narrowest first */ claims: number[] }

/** A text cut at every edge of its claims, so that each piece knows which claims cover it; claims may overlap. */
export function piecesOf(text: string, spans: readonly Span[]): Piece[] {
  const inside = spans.filter((span) => span.start >= 0 && span.start < span.end && span.end <= text.length)
  const edges = [...new Set([0, text.length, ...inside.flatMap((span) => [span.start, span.end])])].sort((a, b) => a - b)
  const narrow = [...inside].sort((a, b) => a.end - a.start - (b.end - b.start) || a.id - b.id)
  return edges.slice(0, -1).map((start, i) => ({
    text: text.slice(start, edges[i + 1]),
    start,
    claims: narrow.filter((span) => span.start <= start && span.end >= edges[i + 1]).map((span) => span.id),
  }))
}

/** The same pieces, cut once more at a place. */
export const splitAt = (pieces: readonly Piece[], at: number): Piece[] =>
  pieces.flatMap((piece) => (piece.start < at && at < piece.start + piece.text.length ? [{ ...piece, text: piece.text.slice(0, at - piece.start) }, { ...piece, start: at, text: piece.text.slice(at - piece.start) }] : [piece]))
