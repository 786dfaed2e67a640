import Link from 'next/link'
import type { Overview } from '@/lib/dataset/overview'
import { term } from '@/lib/sample/filter'
import { datasetUrl } from '../frame/places'
import { OriginBadge, StandingBadge } from '../ui/badge'
import { formatCount } from '../ui/numbers'

const STANDINGS = ['pending', 'approved', 'rejected'] as const

/** Captions per kind and origin, by where they stand. Each number leads to its samples. */
export function CaptionMatrix({ dataset, captions }: { dataset: string; captions: Overview['captions'] }) {
  const rows = [...Map.groupBy(captions, (one) => `${one.kind}\u001f${one.origin}`)]
  const kinds = [...new Set(captions.map((one) => one.kind))].sort((a, b) => Number(b === 'alt') - Number(a === 'alt') || (a < b ? -1 : 1))
  rows.sort(([, a], [, b]) => kinds.indexOf(a[0].kind) - kinds.indexOf(b[0].kind) || (a[0].origin < b[0].origin ? 1 : -1))
  return (
    <div className="overflow-x-auto">
      <table className="w-full">
        <thead>
          <tr className="text-left text-soft">
            <th scope="col" className="py-1 pr-3 font-normal">Kind</th>
            <th scope="col" className="py-1 pr-3 font-normal">Written by</th>
            {STANDINGS.map((standing) => <th key={standing} scope="col" className="py-1 pl-3 text-right font-normal"><StandingBadge standing={standing} /></th>)}
          </tr>
        </thead>
        <tbody>
          {rows.map(([key, cells]) => (
            <tr key={key} className="border-t border-line">
              <th scope="row" className="py-1 pr-3 text-left font-normal"><bdi>{cells[0].kind}</bdi></th>
              <td className="py-1 pr-3"><OriginBadge origin={cells[0].origin} /></td>
              {STANDINGS.map((standing) => {
                const count = cells.find((one) => one.standing === standing)?.count ?? 0
                return <td key={standing} className="py-1 pl-3 text-right">{count === 0 ? <span className="text-faint">0</span> : <Link className="link" href={datasetUrl(dataset, '', { filter: `${term('kind', cells[0].kind)} origin:${cells[0].origin} standing:${standing}` })}>{formatCount(count)}</Link>}</td>
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
