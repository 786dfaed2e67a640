'use client'

import type { ClaimView } from '@/lib/claim/schema'
import type { SeenObject } from '@/lib/captioner/builtin/sight'
import { Picture } from '../sample/picture'
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
const rectOf = ([x0, y0, x1, y1]: readonly number[], across: number, down: number) => ({ x: x0 * across, y: y0 * down, width: Math.max(0, x1 - x0) * across, height: Math.max(0, y1 - y0) * down })
const same = (a: readonly number[], b: readonly number[]) => a.every((edge, i) => Math.abs(edge - b[i]) < 0.002)

/**
 * Boxes and lines of text over a picture, drawn in its own proportions so that they lie right however it is fitted. A box
 * lights up with its claim, and lights its claim when it is touched or focused; of several boxes of a claim the first takes the focus.
 */
export function EvidenceOverlay({ width, height, claims, sight, lit, onLit, showSeen }: Props) {
  const [across, down] = [width ?? 100, height ?? 100]
  const boxed = claims.flatMap((claim) => claim.evidence.boxes.map((box, i) => ({ claim, box, first: i === 0, key: `${claim.id}.${i}` })))
  const seen = showSeen ? [...(sight?.objects ?? []).map((one) => ({ box: one.box as readonly number[], label: `${one.name} ${one.score.toFixed(2)}` })), ...(sight?.lines ?? []).map((line) => ({ box: line.box, label: line.text }))] : []
  const others = seen.filter((one) => !boxed.some(({ box }) => same(box, one.box)))
  return (
    <svg aria-label="Evidence on the picture" role="group" viewBox={`0 0 ${across} ${down}`} preserveAspectRatio="xMidYMid meet" className="pointer-events-none absolute inset-0 size-full">
        {others.map(({ box, label }, i) => (
          <rect key={i} {...rectOf(box, across, down)} className="pointer-events-auto fill-transparent stroke-unknown" strokeWidth={1} strokeDasharray="2 4" vectorEffect="non-scaling-stroke"><title>{label}</title></rect>
        ))}
        {boxed.map(({ claim, box, first, key }) => {
          const on = claim.id === lit
          return (
            <rect
              key={key} role="img" aria-label={claimInWords(claim)} data-claim={claim.id} data-lit={on || undefined}
              {...rectOf(box, across, down)}
              tabIndex={first && onLit ? 0 : undefined} onFocus={() => onLit?.(claim.id)} onBlur={() => onLit?.(null)}
              onMouseEnter={() => onLit?.(claim.id)} onMouseLeave={() => onLit?.(null)}
              className={cx('outline-none pointer-events-auto transition-[stroke-width,fill-opacity] duration-100', STROKE[claim.verdict], on ? FILL[claim.verdict] : 'fill-transparent', lit !== null && !on && 'opacity-30')}
              fillOpacity={on ? 0.16 : 0} strokeWidth={on ? 4 : 1.5} strokeDasharray={DASH[claim.verdict]} vectorEffect="non-scaling-stroke"
            ><title>{`${claim.text}: ${claim.evidence.says}`}</title></rect>
          )
        })}
    </svg>
  )
}

type Pictured = { key: string; mediaId: number | null; fault: string | null; dropped: boolean; width: number | null; height: number | null }

/** A sample's picture, whole, with its evidence over it. */
export function EvidenceImage({ sample, original, className, ...evidence }: Omit<Props, 'width' | 'height'> & { sample: Pictured; original?: boolean; className?: string }) {
  return (
    <span className={cx('relative block', className)}>
      <Picture key={sample.mediaId} sample={sample} side={1280} original={original} eager />
      {sample.mediaId !== null && sample.fault === null && <EvidenceOverlay width={sample.width} height={sample.height} {...evidence} />}
    </span>
  )
}
