'use client'

import type { ClaimView } from '@/lib/claim/schema'
import { visiblePieces } from '../caption/visible-text'
import { cx } from '../ui/class-names'
import { piecesOf } from './spans'
import { claimInWords } from './words'

type Props = { text: string; claims: readonly ClaimView[]; lit: number | null; onLit?: (claim: number | null) => void; onPick?: (claim: number) => void; className?: string }

/** Underlines that differ by line as well as by colour. */
const UNDER = {
  supported: 'underline decoration-solid decoration-supported decoration-2 underline-offset-[3px]',
  contradicted: 'underline decoration-wavy decoration-contradicted decoration-from-font underline-offset-[3px]',
  unknown: 'underline decoration-dashed decoration-unknown decoration-1 underline-offset-[3px]',
}
const LIT = { supported: 'bg-approved-tint', contradicted: 'bg-rejected-tint', unknown: 'bg-hover' }

function Visible({ text }: { text: string }) {
  return visiblePieces(text).map((piece, i) => (piece.mark ? <span key={i} className="mx-px rounded-small bg-flag-tint px-0.5 font-mono text-[11px] text-flag" title="A character that does not show">{piece.mark}</span> : piece.text))
}

/** A caption whose claims are underlined in their evidence colour; touching one lights it up wherever it is shown. */
export function ClaimedText({ text, claims, lit, onLit, onPick, className }: Props) {
  const byId = new Map(claims.map((claim) => [claim.id, claim]))
  return (
    <bdi dir="auto" className={cx('whitespace-pre-wrap', className)}>
      {piecesOf(text, claims).map((piece) => {
        const claim = piece.claims.length ? byId.get(piece.claims[0]) : undefined
        if (!claim) return <Visible key={piece.start} text={piece.text} />
        const on = lit !== null && piece.claims.includes(lit)
        const struck = claim.decision === 'strike'
        return (
          <span
            key={piece.start} data-claim={claim.id} data-verdict={claim.verdict} data-lit={on || undefined} title={claimInWords(claim)}
            onMouseEnter={() => onLit?.(claim.id)} onMouseLeave={() => onLit?.(null)} onClick={() => onPick?.(claim.id)}
            className={cx('rounded-small transition-colors duration-100', struck ? 'line-through' : UNDER[claim.verdict], on && LIT[byId.get(lit)?.verdict ?? claim.verdict])}
          >
            <Visible text={piece.text} />
          </span>
        )
      })}
    </bdi>
  )
}
