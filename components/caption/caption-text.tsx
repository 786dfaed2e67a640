'use client'

import type { Cuts } from '@/lib/caption/limits'
import { cx } from '../ui/class-names'
import { CutMark, CutNote, CutText, useTail } from './cut-mark'
import { VisibleText } from './visible'

/** From about this many characters a caption scrolls, so that the keyboard must reach it. */
const SCROLLS = 1000
/** A few lines show no more characters than this. */
const SHOWN = 600

type Props = { text: string; /** where encoders stop reading, as the API tells it; left out: an estimate */ cuts?: Cuts; lines?: 1 | 2 | 3; /** in the size of data instead of that of reading */ small?: boolean; className?: string }

/**
 * A caption as text, never markup: its own direction, hidden characters shown, a long one scrolls in its place. The tail
 * that the chosen trainer's text encoder never reads stands grey behind a mark, with its share beside it.
 */
export function CaptionText({ text, cuts, lines, small, className }: Props) {
  const { tail, label } = useTail(text, cuts)
  const size = small ? 'text-data' : 'text-caption'
  if (lines) {
    const clamp = { 1: 'line-clamp-1', 2: 'line-clamp-2', 3: 'line-clamp-3' }[lines]
    const rest = tail.cut.slice(0, Math.max(0, SHOWN - tail.read.length))
    return (
      <div className={cx('measure flex min-w-0 items-start gap-2', size, className)}>
        <div className={cx('min-w-0', clamp)}><bdi dir="auto"><VisibleText text={tail.read.slice(0, SHOWN)} />{rest && <CutText label={label}><VisibleText text={rest} /></CutText>}</bdi></div>
        <span className="shrink-0 pt-px text-[12px] whitespace-nowrap"><CutMark text={text} cuts={cuts} /></span>
      </div>
    )
  }
  return (
    <div tabIndex={text.length > SCROLLS ? 0 : undefined} className={cx('measure max-h-96 overflow-y-auto', size, className)}>
      <bdi dir="auto" className="whitespace-pre-wrap">
        <VisibleText text={tail.read} />
        {tail.cut && <CutText label={label}><VisibleText text={tail.cut} /></CutText>}
      </bdi>
      <CutNote tail={tail} label={label} />
    </div>
  )
}
