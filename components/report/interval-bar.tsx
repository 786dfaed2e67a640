import type { Share } from '@/lib/review/grade'
import { formatPercent } from '../ui/numbers'

const percent = (share: number) => formatPercent(share * 100)

/** A share with its interval: the dot is what was seen, the line is what it may truly be. */
export function IntervalBar({ label, share }: { label: string; share: Share }) {
  if (share.value === null) return <span className="text-faint">none to tell by</span>
  return (
    <span className="flex items-center gap-2 tabular-nums">
      <svg viewBox="0 0 100 12" role="img" aria-label={`${label}: ${percent(share.value)}, between ${percent(share.low)} and ${percent(share.high)}`} className="h-3 w-20 shrink-0">
        <line x1="0" x2="100" y1="6" y2="6" className="stroke-line" />
        <line x1={share.low * 100} x2={share.high * 100} y1="6" y2="6" strokeWidth="4" className="stroke-line-strong" />
        <circle cx={Math.min(96, Math.max(4, share.value * 100))} cy="6" r="4" className="fill-accent" />
      </svg>
      <span>{percent(share.value)} <span className="text-faint">{percent(share.low)}–{percent(share.high)}, n {share.n}</span></span>
    </span>
  )
}
