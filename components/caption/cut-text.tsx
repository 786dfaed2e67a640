'use client'

import { formatShare } from '../ui/numbers'
import { cutTail, type Cuts } from './cut-tail'
import { useTrainer } from './trainer'
import { visiblePieces } from './visible-text'

const shown = (text: string) => visiblePieces(text).map((piece, i) => (piece.mark ? <span key={i} className="mx-px rounded-small bg-flag-tint px-0.5 font-mono text-[11px] text-flag" title="A character that does not show">{piece.mark}</span> : piece.text))

/** A caption as the chosen trainer sees it: the tail that is cut stands grey behind a mark, with its share. */
export function CutText({ text, cuts }: { text: string; cuts: Cuts }) {
  const { limit } = useTrainer()
  const tail = cutTail(text, limit, cuts)
  return (
    <p className="measure text-caption">
      <bdi dir="auto" className="whitespace-pre-wrap">
        {shown(tail.read)}
        {tail.cut && <del className="border-l-2 border-rejected pl-0.5 text-faint no-underline" title={`Never read by ${limit.label}`}>{shown(tail.cut)}</del>}
      </bdi>
      {tail.cut && <span className="ml-2 text-data whitespace-nowrap text-rejected">{tail.about && 'about '}{formatShare(Math.round(tail.share * 1000), 1000)} cut</span>}
    </p>
  )
}
