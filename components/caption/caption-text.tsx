import { cx } from '../ui/class-names'
import { visiblePieces } from './visible-text'

/** From about this many characters a caption scrolls, so that the keyboard must reach it. */
const SCROLLS = 1000

/** A caption as text, never markup: its own direction, hidden characters shown, a long one scrolls in its place. */
export function CaptionText({ text, lines, className }: { text: string; lines?: 1 | 2 | 3; className?: string }) {
  const clamp = lines && { 1: 'line-clamp-1', 2: 'line-clamp-2', 3: 'line-clamp-3' }[lines]
  return (
    <div tabIndex={!lines && text.length > SCROLLS ? 0 : undefined} className={cx('measure text-caption', lines ? clamp : 'max-h-96 overflow-y-auto', className)}>
      <bdi dir="auto" className={lines ? undefined : 'whitespace-pre-wrap'}>
        {visiblePieces(lines ? text.slice(0, 600) : text).map((piece, i) => (piece.mark ? <span key={i} className="mx-px rounded-small bg-flag-tint px-0.5 font-mono text-[11px] text-flag" title="A character that does not show">{piece.mark}</span> : piece.text))}
      </bdi>
    </div>
  )
}
