import { formatCount } from './numbers'

/** How far something is. Without a total it says only that it goes on. */
export function Progress({ value, total, label, className = 'w-40' }: { value: number; total?: number; label: string; className?: string }) {
  const share = total ? Math.min(1, value / total) : undefined
  return (
    <span role="progressbar" aria-label={label} aria-valuemin={0} aria-valuemax={total} aria-valuenow={share === undefined ? undefined : value} aria-valuetext={total ? `${formatCount(value)} of ${formatCount(total)}` : `${formatCount(value)} so far`} className={`inline-block h-1.5 overflow-hidden rounded-small bg-line align-middle ${className}`}>
      <svg aria-hidden className="block size-full" preserveAspectRatio="none" viewBox="0 0 100 1">
        <rect height="1" width={share === undefined ? 30 : share * 100} className={share === undefined ? 'animate-pulse fill-accent' : 'fill-accent'} />
      </svg>
    </span>
  )
}
