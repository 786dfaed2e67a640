'use client'

import type { ClaimView } from '@/lib/claim/schema'
import type { SeenObject } from '@/lib/captioner/builtin/sight'
import { cx } from '../ui/class-names'
import { claimInWords } from './words'

type Line = { text: string; score: number; box: readonly number[] }
export type Seen = { objects: readonly SeenObject[]; lines: readonly Line[] } | null
type Props = {
  width: number | null
  height: number | null
  claims: readonly ClaimView[]
  sight: Seen
  /** the claim that lights up */
  lit: number | null
  onLit?: (claim: number | null) => void
  /** shows what was seen even where no claim speaks of it */
  showSeen?: boolean
}

const STROKE = { supported: 'stroke-supported', contradicted: 'stroke-contradicted', unknown: 'stroke-unknown' }
const FILL = { supported: 'fill-supported', contradicted: 'fill-contradicted', unknown: 'fill-unknown' }
const DASH = { supported: undefined, contradicted: '8 4', unknown: '2 4' }
const percent = (share: number) => `${share * 100}%`
const same = (a: readonly number[], b: readonly number[]) => a.every((edge, i) => Math.abs(edge - b[i]) < 0.002)

/**
 * Boxes and lines of text over a picture, drawn in its own proportions so that they lie right however it is fitted. A box
 * lights up with its claim, and lights its claim when it is touched.
 */
export function EvidenceOverlay({ width, height, claims, sight, lit, onLit, showSeen }: Props) {
  const boxed = claims.flatMap((claim) => claim.evidence.boxes.map((box, i) => ({ claim, box, key: `${claim.id}.${i}` })))
  const seen = showSeen ? [...(sight?.objects ?? []).map((one) => ({ box: one.box as readonly number[], label: `${one.name} ${one.score.toFixed(2)}` })), ...(sight?.lines ?? []).map((line) => ({ box: line.box, label: line.text }))] : []
  const others = seen.filter((one) => !boxed.some(({ box }) => same(box, one.box)))
  return (
    <svg aria-label="Evidence on the picture" role="group" viewBox={`0 0 ${width ?? 100} ${height ?? 100}`} preserveAspectRatio="xMidYMid meet" className="pointer-events-none absolute inset-0 size-full">
      <svg width="100%" height="100%" className="overflow-visible">
        {others.map(({ box, label }, i) => (
          <rect key={i} x={percent(box[0])} y={percent(box[1])} width={percent(box[2] - box[0])} height={percent(box[3] - box[1])} className="pointer-events-auto fill-transparent stroke-unknown" strokeWidth={1} strokeDasharray="2 4" vectorEffect="non-scaling-stroke"><title>{label}</title></rect>
        ))}
        {boxed.map(({ claim, box, key }) => {
          const on = claim.id === lit
          return (
            <rect
              key={key} role="img" aria-label={claimInWords(claim)} data-claim={claim.id} data-lit={on || undefined}
              x={percent(box[0])} y={percent(box[1])} width={percent(Math.max(0, box[2] - box[0]))} height={percent(Math.max(0, box[3] - box[1]))}
              onMouseEnter={() => onLit?.(claim.id)} onMouseLeave={() => onLit?.(null)}
              className={cx('pointer-events-auto transition-[stroke-width,fill-opacity] duration-100', STROKE[claim.verdict], on ? FILL[claim.verdict] : 'fill-transparent', lit !== null && !on && 'opacity-30')}
              fillOpacity={on ? 0.16 : 0} strokeWidth={on ? 4 : 1.5} strokeDasharray={DASH[claim.verdict]} vectorEffect="non-scaling-stroke"
            ><title>{`${claim.text}: ${claim.evidence.says}`}</title></rect>
          )
        })}
      </svg>
    </svg>
  )
}
