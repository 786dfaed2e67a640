import Link from 'next/link'
import type { Sample } from '../api'
import { CutNote, CutText, useTail } from '../caption/cut-mark'
import { cutPieces } from '../caption/cut-pieces'
import { cutsIn } from '../caption/cut-tail'
import { WordDiff } from '../caption/word-diff-view'
import { sampleUrl } from '../frame/places'
import { Picture } from '../sample/picture'
import { Button } from '../ui/button'
import { cx } from '../ui/class-names'
import { Kbd } from '../ui/kbd'
import { marked, type Losing } from './lost-sample'

export type Row = { sample: Sample; found: Losing }
type Props = { dataset: string; row: Row; focused: boolean; busy: boolean; onFocus: () => void; onMerge: () => void }

/** A sample that loses something: its alt text with that marked, and the edit that would say it. */
export function LostRow({ dataset, row: { sample, found }, focused, busy, onFocus, onMerge }: Props) {
  const { alt, into, list, draft } = found
  const { tail, label } = useTail(alt.text, cutsIn(alt))
  return (
    <li aria-current={focused || undefined} onPointerDown={onFocus} className={cx('flex flex-wrap gap-3 border-l-2 border-b border-b-line py-3 pl-3', focused ? 'border-l-accent' : 'border-l-transparent')}>
      <Link href={sampleUrl(dataset, sample.key)} aria-label={`Sample ${sample.key}`} className="size-20 shrink-0 overflow-hidden rounded-small bg-sunken"><Picture sample={sample} side={160} /></Link>
      <div className="flex min-w-60 flex-1 flex-col gap-1">
        <p className="measure">
          <span className="text-faint">alt </span>
          <bdi dir="auto">
            {cutPieces(marked(alt.text, list), tail.read.length).map((piece, n) => {
              const words = piece.sort ? <mark title={piece.sort} className={cx('rounded-small bg-flag-tint px-0.5', piece.cut ? 'text-faint' : 'text-flag')}>{piece.text}</mark> : piece.text
              return piece.cut ? <CutText key={n} label={label} first={piece.first}>{words}</CutText> : <span key={n}>{words}</span>
            })}
          </bdi>
          <CutNote tail={tail} label={label} />
        </p>
        <div><span className="text-faint">{into.kind} would become </span><WordDiff before={{ text: into.text, cuts: cutsIn(into) }} after={{ text: draft }} /></div>
        <div><Button size="small" look={focused ? 'primary' : 'plain'} busy={busy} onClick={onMerge}>Merge into an edit {focused && <Kbd keys="m" />}</Button></div>
      </div>
    </li>
  )
}
