'use client'

import { useState } from 'react'
import { cx } from '../ui/class-names'
import { formatCount } from '../ui/numbers'

export type Bin = { label: string; from: number; to: number | null; count: number }
type Props = { label: string; unit: string; bins: readonly Bin[]; range?: { from: number; to: number }; onRange: (from: number, to: number | null) => void }

/** Bars one can click, or drag over for a range; by keyboard each bar is a button, with Shift the range grows. */
export function Histogram({ label, unit, bins, range, onRange }: Props) {
  const [drag, setDrag] = useState<{ from: number; to: number } | null>(null)
  const [anchor, setAnchor] = useState<number | null>(null)
  const most = Math.max(1, ...bins.map((bin) => bin.count))
  const [low, high] = drag ? [Math.min(drag.from, drag.to), Math.max(drag.from, drag.to)] : [-1, -1]
  const chosen = (bin: Bin, at: number) => (drag ? at >= low && at <= high : range !== undefined && bin.from >= range.from && (bin.to ?? Infinity) <= range.to)
  const finish = (from: number, to: number) => onRange(bins[Math.min(from, to)].from, bins[Math.max(from, to)].to)
  return (
    <div role="group" aria-label={`${label}, ${unit}`} className="flex touch-none items-end select-none" onPointerLeave={() => setDrag(null)}>
      {bins.map((bin, at) => (
        <button
          key={bin.label}
          type="button"
          aria-label={`${bin.label} ${unit}: ${formatCount(bin.count)}`}
          aria-pressed={chosen(bin, at)}
          title={`${bin.label} ${unit}: ${formatCount(bin.count)}`}
          onPointerDown={({ target, pointerId }) => {
            // A finger is captured by the bar where it came down, and the others would never learn that it passes over them.
            if (target instanceof Element && target.hasPointerCapture(pointerId)) target.releasePointerCapture(pointerId)
            setDrag({ from: at, to: at })
          }}
          onPointerEnter={() => setDrag((now) => (now ? { ...now, to: at } : now))}
          onPointerUp={() => {
            if (drag) finish(drag.from, at)
            setDrag(null)
          }}
          onClick={(event) => {
            // Keys, screen readers and voices click without a pointer; a pointer has done its work when it was lifted.
            if (event.detail > 0) return
            finish(event.shiftKey && anchor !== null ? anchor : at, at)
            if (!event.shiftKey) setAnchor(at)
          }}
          className="group flex min-w-0 flex-1 flex-col items-stretch px-px"
        >
          <svg aria-hidden viewBox="0 0 10 40" preserveAspectRatio="none" className="h-10 w-full">
            <rect x="0" width="10" y={40 - height(bin.count, most)} height={height(bin.count, most)} className={cx(chosen(bin, at) ? 'fill-accent' : 'fill-line-strong group-hover:fill-accent')} />
          </svg>
          <span className={cx('mt-1 truncate text-center text-[10px] leading-3 tabular-nums', chosen(bin, at) ? 'font-semibold text-ink' : 'text-faint')}>{bin.label.length > 4 ? bin.from : bin.label}</span>
        </button>
      ))}
    </div>
  )
}

/** In 40 units; whatever is there at all can be seen. */
const height = (count: number, most: number) => (count === 0 ? 0.5 : Math.max(2, (40 * count) / most))
