import { formatCount } from './numbers'

export function Count({ value, capped }: { value: number; capped?: boolean }) {
  return <span className="tabular-nums">{formatCount(value)}{capped && '+'}</span>
}
