'use client'

import { cx } from '../ui/class-names'
import { formatShare } from '../ui/numbers'
import { cutTail, type Cuts } from './cut-tail'
import { useTrainer } from './trainer'
import { visiblePieces } from './visible-text'

/** From about this many characters a caption scrolls, so that the keyboard must reach it. */
const SCROLLS = 1000

const shown = (text: string) =>
  visiblePieces(text).map((piece, i) => (piece.mark ? <span key={i} className="mx-px rounded-small bg-flag-tint px-0.5 font-mono text-[11px] text-flag" title="A character that does not show">{piece.mark}</span> : piece.text))

/**
 * A caption as text, never markup: its own direction, hidden characters shown, a long one scrolls in its place. Shown
 * whole, the tail that the chosen trainer's text encoder never reads stands grey behind a mark, with its share.
 */
export function CaptionText({ text, cuts, lines, className }: { text: string; /** where CLIP stops reading, when known */ cuts?: Cuts; lines?: 1 | 2 | 3; className?: string }) {
  const { limit } = useTrainer()
  if (lines) {
    const clamp = { 1: 'line-clamp-1', 2: 'line-clamp-2', 3: 'line-clamp-3' }[lines]
    return <div className={cx('measure text-caption', clamp, className)}><bdi dir="auto">{shown(text.slice(0, 600))}</bdi></div>
  }
  const tail = cutTail(text, limit, cuts)
  return (
    <div tabIndex={text.length > SCROLLS ? 0 : undefined} className={cx('measure max-h-96 overflow-y-auto text-caption', className)}>
      <bdi dir="auto" className="whitespace-pre-wrap">
        {shown(tail.read)}
        {tail.cut && <del className="border-l-2 border-rejected pl-0.5 text-faint no-underline" title={`Never read by ${limit.label}`}>{shown(tail.cut)}</del>}
      </bdi>
      {tail.cut && <span className="ml-2 text-data whitespace-nowrap text-rejected">{tail.about && 'about '}{formatShare(Math.round(tail.share * 1000), 1000)} cut by {limit.label}</span>}
    </div>
  )
}
