'use client'

import { useMemo } from 'react'
import type { Cuts } from '@/lib/caption/limits'
import { wordDiff, type DiffPart } from '@/lib/caption/word-diff'
import { cx } from '../ui/class-names'
import { CutNote, CutText, useTail } from './cut-mark'
import { cutDiff, sidesOf } from './cut-pieces'
import { useCuts } from './use-cuts'

/** One of two texts that are compared; without `cuts` the server is asked where encoders stop reading it. */
export type Side = { text: string; cuts?: Cuts }

/** An edit word by word: what went is struck, what came is underlined; what the trainer's encoder cuts is grey on either side. */
export function WordDiff({ before, after }: { before: Side; after: Side }) {
  const parts = useMemo(() => wordDiff(before.text, after.text), [before.text, after.text])
  return <DiffText parts={parts} cuts={{ before: before.cuts, after: after.cuts }} />
}

/** The same of a diff that the server made. */
export function DiffText({ parts, cuts, className = 'max-h-96' }: { parts: readonly DiffPart[]; cuts: { before?: Cuts; after?: Cuts }; className?: string }) {
  const sides = useMemo(() => sidesOf(parts), [parts])
  const before = useTail(sides.before, useCuts(sides.before, cuts.before))
  const after = useTail(sides.after, useCuts(sides.after, cuts.after))
  return (
    <div className={cx('measure overflow-y-auto text-caption whitespace-pre-wrap', className)}>
      <bdi dir="auto">
        {cutDiff(parts, { before: before.tail.read.length, after: after.tail.read.length }).map((part, i) => {
          const words = part.cut ? <CutText label={after.label} first={part.first}>{part.text}</CutText> : part.text
          if (part.was === 'added') return <ins key={i} className="rounded-small bg-approved-tint text-approved underline decoration-2 underline-offset-2">{words}</ins>
          if (part.was === 'removed') return <del key={i} className="rounded-small bg-rejected-tint text-rejected line-through">{words}</del>
          return <span key={i}>{words}</span>
        })}
      </bdi>
      <CutNote tail={after.tail} before={before.tail} label={after.label} />
    </div>
  )
}
