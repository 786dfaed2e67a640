'use client'

import { Fragment } from 'react'
import type { Cuts } from '@/lib/caption/limits'
import type { ClaimView } from '@/lib/claim/schema'
import { CutNote, CutText, useTail } from '../caption/cut-mark'
import { VisibleText } from '../caption/visible'
import { cx } from '../ui/class-names'
import { piecesOf, splitAt } from './spans'
import { claimInWords } from './words'

type Props = { text: string; /** where encoders stop reading, as the API tells it */ cuts?: Cuts; claims: readonly ClaimView[]; lit: number | null; onLit?: (claim: number | null) => void; onPick?: (claim: number) => void; className?: string }

/** Underlines that differ by line as well as by colour. */
const UNDER = {
  supported: 'underline decoration-solid decoration-supported decoration-2 underline-offset-[3px]',
  contradicted: 'underline decoration-wavy decoration-contradicted decoration-from-font underline-offset-[3px]',
  unknown: 'underline decoration-dashed decoration-unknown decoration-1 underline-offset-[3px]',
}
const LIT = { supported: 'bg-approved-tint', contradicted: 'bg-rejected-tint', unknown: 'bg-hover' }

/** A caption whose claims are underlined in their evidence colour; touching one lights it up wherever it is shown. What the trainer's encoder cuts is grey. */
export function ClaimedText({ text, cuts, claims, lit, onLit, onPick, className }: Props) {
  const { tail, label } = useTail(text, cuts)
  const end = tail.read.length
  const byId = new Map(claims.map((claim) => [claim.id, claim]))
  return (
    <>
    <bdi dir="auto" className={cx('whitespace-pre-wrap', className)}>
      {splitAt(piecesOf(text, claims), end).map((piece) => {
        const claim = piece.claims.length ? byId.get(piece.claims[0]) : undefined
        const words = piece.start >= end ? <CutText label={label} first={piece.start === end}><VisibleText text={piece.text} /></CutText> : <VisibleText text={piece.text} />
        if (!claim) return <Fragment key={piece.start}>{words}</Fragment>
        const on = lit !== null && piece.claims.includes(lit)
        const struck = claim.decision === 'strike'
        return (
          <span
            key={piece.start} data-claim={claim.id} data-verdict={claim.verdict} data-lit={on || undefined} title={claimInWords(claim)}
            onMouseEnter={() => onLit?.(claim.id)} onMouseLeave={() => onLit?.(null)} onClick={() => onPick?.(claim.id)}
            className={cx('rounded-small transition-colors duration-100', struck ? 'line-through' : UNDER[claim.verdict], on && LIT[byId.get(lit)?.verdict ?? claim.verdict])}
          >
            {words}
          </span>
        )
      })}
    </bdi>
    <CutNote tail={tail} label={label} />
    </>
  )
}
