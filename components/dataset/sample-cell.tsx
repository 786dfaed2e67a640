'use client'

import { Check, Flag } from 'lucide-react'
import Link from 'next/link'
import { memo, type MouseEvent } from 'react'
import type { Sample } from '../api'
import { Picture } from '../sample/picture'
import { shownCaption, standingWord } from '../sample/shown'
import { DroppedBadge, FlagBadge, OriginBadge, StandingBadge } from '../ui/badge'
import { CaptionText } from '../caption/caption-text'
import { CutMark, CutText, useTail } from '../caption/cut-mark'
import { cutsIn } from '../caption/cut-tail'
import { cx } from '../ui/class-names'
import { counted } from '../ui/numbers'

export type CellProps = {
  sample: Sample
  href: string
  kind?: string
  selected: boolean
  /** something is selected: every box shows */
  selecting: boolean
  focusable: boolean
  onSelect: (id: number, range: boolean) => void
  onFocus: (id: number) => void
}

function SelectBox({ sample, selected, selecting, onSelect }: Pick<CellProps, 'sample' | 'selected' | 'selecting' | 'onSelect'>) {
  return (
    <button
      type="button"
      role="checkbox"
      tabIndex={-1}
      aria-checked={selected}
      aria-label={`Select ${sample.key}`}
      onClick={(event) => onSelect(sample.id, event.shiftKey)}
      className={cx('absolute top-1 left-1 flex size-6 items-center justify-center rounded-small border group-hover:opacity-100 focus-visible:opacity-100', !selecting && '[@media(hover:hover)]:opacity-0', selected ? 'border-accent bg-accent text-on-accent' : 'border-line-strong bg-raised text-transparent hover:text-faint')}
    >
      <Check size={14} aria-hidden />
    </button>
  )
}

/** With Ctrl, ⌘ or Shift a click selects; without, it opens. */
const picks = ({ sample, onSelect }: CellProps) => (event: MouseEvent) => {
  if (!event.shiftKey && !event.ctrlKey && !event.metaKey) return
  event.preventDefault()
  onSelect(sample.id, event.shiftKey)
}

/** One sample in the grid: the picture, two lines of its caption, and marks for its flags. */
export const GridCell = memo(function GridCell(props: CellProps) {
  const { sample, href, kind, selected, focusable } = props
  const caption = shownCaption(sample.captions, kind)
  return (
    <article aria-label={sample.key} className={cx('group relative flex h-full flex-col overflow-hidden rounded-medium border bg-raised', selected ? 'border-accent outline-2 outline-accent' : 'border-line')}>
      <Link href={href} data-sample={sample.id} aria-label={`Open ${sample.key}`} tabIndex={focusable ? 0 : -1} onClick={picks(props)} onFocus={() => props.onFocus(sample.id)} className="relative block aspect-square w-full shrink-0 bg-sunken outline-offset-[-2px]">
        <Picture sample={sample} side={320} className="absolute inset-0" />
      </Link>
      <SelectBox {...props} />
      <div className="flex min-h-0 flex-1 flex-col justify-between gap-1 px-2 pt-1 pb-1.5">
        {caption ? <TwoLines caption={caption} /> : <span className="leading-[18px] text-faint">No caption yet</span>}
        <p className="flex h-4 items-center gap-2 text-[12px] text-faint">
          {caption && <Standing word={standingWord(caption)} />}
          <span className="min-w-0 flex-1 truncate max-sm:hidden">{caption?.kind}</span>
          {caption && <CutMark text={caption.text} cuts={cutsIn(caption)} />}
          {sample.dropped && <span className="text-rejected">dropped</span>}
          {sample.flags.length > 0 && <span className="flex shrink-0 items-center gap-0.5 text-flag" title={sample.flags.map((flag) => `${flag.rule}: ${flag.evidence}`).join('\n')}><Flag size={12} aria-hidden />{sample.flags.length}<span className="sr-only"> {counted(sample.flags.length, 'flag')}</span></span>}
        </p>
      </div>
    </article>
  )
})

/** More characters than this do not fit two lines. */
const TWO_LINES = 300
function TwoLines({ caption }: { caption: Sample['captions'][number] }) {
  const { text } = caption
  const { tail, label } = useTail(text, cutsIn(caption))
  const rest = tail.cut.slice(0, Math.max(0, TWO_LINES - tail.read.length))
  return <bdi dir="auto" title={text.slice(0, 600)} className="line-clamp-2 [overflow-wrap:anywhere] leading-[18px]">{tail.read.slice(0, TWO_LINES)}{rest && <CutText label={label}>{rest}</CutText>}</bdi>
}

const SIGN: Record<string, [sign: string, tone: string]> = { pending: ['○', 'text-pending'], approved: ['✓', 'text-approved'], rejected: ['✗', 'text-rejected'], edited: ['✎', 'text-edited'] }
function Standing({ word }: { word: string }) {
  const [sign, tone] = SIGN[word] ?? SIGN.pending
  return <span className={tone} title={word}><span aria-hidden>{sign}</span><span className="sr-only">{word}</span></span>
}

/** One sample in the list: the picture small, its captions with what is known about them. */
export const ListRow = memo(function ListRow(props: CellProps) {
  const { sample, href, kind, selected, focusable } = props
  const first = shownCaption(sample.captions, kind)
  const others = sample.captions.filter((caption) => caption !== first)
  return (
    <article aria-label={sample.key} className={cx('group flex h-full gap-3 border-b border-line px-3 py-2', selected && 'bg-accent-tint')}>
      <div className="relative size-24 shrink-0 bg-sunken">
        <Link href={href} data-sample={sample.id} aria-label={`Open ${sample.key}`} tabIndex={focusable ? 0 : -1} onClick={picks(props)} onFocus={() => props.onFocus(sample.id)} className="block size-full">
          <Picture sample={sample} side={320} />
        </Link>
        <SelectBox {...props} />
      </div>
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        {first ? <CaptionText text={first.text} cuts={cutsIn(first)} lines={2} /> : <span className="text-faint">No caption yet</span>}
        <p className="flex h-5 flex-wrap items-center gap-1.5 overflow-hidden text-faint">
          {sample.dropped && <DroppedBadge />}
          {first && <><span>{first.kind}</span><OriginBadge origin={first.origin} /><StandingBadge standing={standingWord(first)} /><span className="tabular-nums">{counted(first.words, 'word')}</span></>}
          {others.length > 0 && <span>+ {[...new Set(others.map((caption) => caption.kind))].join(', ')}</span>}
        </p>
        <p className="flex h-5 flex-wrap items-center gap-1.5 overflow-hidden">
          <bdi className="max-w-48 truncate text-faint">{sample.key}</bdi>
          {sample.flags.map((flag) => <FlagBadge key={`${flag.rule}${flag.captionId}`} {...flag} />)}
        </p>
      </div>
    </article>
  )
})
