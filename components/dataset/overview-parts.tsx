import Link from 'next/link'
import type { ReactNode } from 'react'
import { formatCount, formatShare } from '../ui/numbers'

/** `href` leads to the samples that are counted. */
export type Row = { name: ReactNode; count: number; href?: string; key?: string }

/** Counts under each other, each with its share of all as a bar. */
export function Bars({ rows, of, label }: { rows: readonly Row[]; of: number; label: string }) {
  const most = Math.max(1, ...rows.map((row) => row.count))
  return (
    <table aria-label={label} className="w-full table-fixed">
      <tbody>
        {rows.map((row, i) => (
          <tr key={row.key ?? i} className="border-b border-line last:border-0">
            <th scope="row" className="w-2/5 py-1 pr-3 text-left font-normal text-soft [overflow-wrap:anywhere]">{row.name}</th>
            <td className="py-1"><svg aria-hidden viewBox="0 0 100 8" preserveAspectRatio="none" className="h-2 w-full align-middle"><rect width={row.count === 0 ? 0 : Math.max(0.6, (100 * row.count) / most)} height="8" className="fill-line-strong" /></svg></td>
            <td className="w-20 py-1 pl-3 text-right">{row.href && row.count > 0 ? <Link className="link" href={row.href}>{formatCount(row.count)}</Link> : <span className={row.count === 0 ? 'text-faint' : undefined}>{formatCount(row.count)}</span>}</td>
            <td className="w-14 py-1 pl-2 text-right text-faint">{formatShare(row.count, of)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

export const Facts = ({ facts }: { facts: readonly (readonly [name: ReactNode, value: ReactNode])[] }) => (
  <dl className="flex flex-col">
    {facts.map(([name, value], i) => (
      <div key={i} className="flex items-baseline justify-between gap-4 border-b border-line py-1 last:border-0">
        <dt className="min-w-0 [overflow-wrap:anywhere] text-soft">{name}</dt>
        <dd className="max-w-[65%] shrink-0 text-right [overflow-wrap:anywhere] tabular-nums">{value}</dd>
      </div>
    ))}
  </dl>
)
