import { visiblePieces } from './visible-text'

/** A text with the characters that do not show made visible. */
export const VisibleText = ({ text }: { text: string }) =>
  visiblePieces(text).map((piece, i) => (piece.mark ? <span key={i} className="mx-px rounded-small bg-flag-tint px-0.5 font-mono text-[11px] text-flag" title="A character that does not show">{piece.mark}</span> : piece.text))
