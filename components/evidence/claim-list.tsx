'use client'

import { Check, CircleDot, X } from 'lucide-react'
import type { ClaimView } from '@/lib/claim/schema'
import { cx } from '../ui/class-names'
import { claimInWords, VERDICT_WORDS } from './words'

const ICON = { supported: <Check size={12} aria-hidden />, contradicted: <X size={12} aria-hidden />, unknown: <CircleDot size={12} aria-hidden /> }
const LOOK = { supported: 'border-solid border-supported text-supported', contradicted: 'border-solid border-contradicted text-contradicted', unknown: 'border-dashed border-unknown text-unknown' }

type Props = { claims: readonly ClaimView[]; lit: number | null; onLit: (claim: number | null) => void; onPick?: (claim: number) => void }

/** Claims one by one with what was found; the same list serves the eye, the keyboard and a screen reader. */
export function ClaimList({ claims, lit, onLit, onPick }: Props) {
  const by = claims.find((claim) => claim.splitBy && !claim.splitBy.startsWith('rules@'))?.splitBy
  return (
    <ul aria-label={by ? `Claims, split by ${by}` : 'Claims'} title={by ? `Split by ${by}` : undefined} className="flex flex-wrap gap-1">
      {claims.map((claim) => (
        <li key={claim.id} className="max-w-full">
          <button
            type="button" aria-label={claimInWords(claim)} aria-pressed={lit === claim.id} title={claim.evidence.says}
            onMouseDown={(event) => event.preventDefault()} onMouseEnter={() => onLit(claim.id)} onMouseLeave={() => onLit(null)} onFocus={() => onLit(claim.id)} onBlur={() => onLit(null)} onClick={() => onPick?.(claim.id)}
            className={cx('inline-flex h-6 max-w-full items-center gap-1 rounded-small border px-1.5 text-[12px]', LOOK[claim.verdict], lit === claim.id && 'bg-hover font-medium', claim.decision === 'strike' && 'line-through')}
          >
            {ICON[claim.verdict]}
            <bdi className="truncate text-ink">{claim.text}</bdi>
            <span className="sr-only">{VERDICT_WORDS[claim.verdict]}</span>
            {claim.decision && <span className="text-soft">{claim.decision === 'keep' ? 'kept' : 'struck'}</span>}
          </button>
        </li>
      ))}
    </ul>
  )
}
