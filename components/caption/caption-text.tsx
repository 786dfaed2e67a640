'use client'

import { cx } from '../ui/class-names'
import { CutNote, CutText, useTail } from './cut-mark'
import type { Cuts } from './cut-tail'
import { VisibleText } from './visible'

/** From about this many characters a caption scrolls, so that the keyboard must reach it. */
const SCROLLS = 1000
/** A few lines show no more characters than this. */
const SHOWN = 600

type Props = { text: string; /** where encoders stop reading, as the API tells it; left out: an estimate */ cuts?: Cuts; lines?: 1 | 2 | 3; className?: string }

/**
 * A caption as text, never markup: its own direction, hidden characters shown, a long one scrolls in its place. The tail
 * that the chosen trainer's text encoder never reads stands grey behind a mark; shown whole, with its share.
 */
export function CaptionText({ text, cuts, lines, className }: Props) {
  const { tail, label } = useTail(text, cuts)
  if (lines) {
    const clamp = { 1: 'line-clamp-1', 2: 'line-clamp-2', 3: 'line-clamp-3' }[lines]
    const rest = tail.cut.slice(0, Math.max(0, SHOWN - tail.read.length))
    return <div className={cx('measure text-caption', clamp, className)}><bdi dir="auto"><VisibleText text={tail.read.slice(0, SHOWN)} />{rest && <CutText label={label}><VisibleText text={rest} /></CutText>}</bdi></div>
  }
  return (
    <div tabIndex={text.length > SCROLLS ? 0 : undefined} className={cx('measure max-h-96 overflow-y-auto text-caption', className)}>
      <bdi dir="auto" className="whitespace-pre-wrap">
        <VisibleText text={tail.read} />
        {tail.cut && <CutText label={label}><VisibleText text={tail.cut} /></CutText>}
      </bdi>
      <CutNote tail={tail} label={label} />
    </div>
  )
}
