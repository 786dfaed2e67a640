'use client'

import Link from 'next/link'
import { parseAsString, useQueryState } from 'nuqs'
import { datasetUrl } from '../frame/places'
import { Badge } from '../ui/badge'
import { ErrorNote } from '../ui/notes'
import { counted, formatCount } from '../ui/numbers'
import { Panel } from '../ui/panel'
import { RelativeTime } from '../ui/relative-time'
import { Skeleton } from '../ui/skeleton'
import { AgreementTable } from './agreement-table'
import { OverlapForm } from './overlap-form'
import { useOverlaps } from './queries'
import { ReviewNav } from './review-nav'

/** Do people see the same? */
export function PeopleScreen({ dataset }: { dataset: string }) {
  const [filter, setFilter] = useQueryState('filter', parseAsString.withDefault(''))
  const { data, error, refetch } = useOverlaps(dataset)
  return (
    <div className="flex h-full min-h-0 flex-col">
      <h1 className="sr-only">Several people on {dataset}</h1>
      <ReviewNav dataset={dataset} here="people" />
      <div className="min-h-0 flex-1 overflow-y-auto lg:grid lg:grid-cols-[minmax(420px,1fr)_minmax(0,1fr)] lg:overflow-hidden">
        <div className="lg:overflow-y-auto lg:border-r lg:border-line">
          <OverlapForm dataset={dataset} filter={filter} onFilter={(next) => void setFilter(next || null)} />
          <Panel title="Shared reviews" className="lg:border-b-0">
            {error && <ErrorNote error={error} retry={() => void refetch()} />}
            {!data && !error && <Skeleton className="h-24" />}
            {data?.length === 0 && <p className="measure text-soft">No shared review yet. Each caption is judged by several people under their own names, blind until all have; where they differ, a second look decides.</p>}
            <ul className="divide-y divide-line">
              {data?.map((one) => (
                <li key={one.id}>
                  <Link href={datasetUrl(dataset, `/people/${one.id}`)} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2 tabular-nums hover:bg-hover">
                    <span className="font-medium">Shared review {one.id}</span>
                    {one.open === 0 && one.conflict === 0 && <Badge tone="text-approved bg-approved-tint">finished</Badge>}
                    {one.conflict > 0 && <Badge tone="text-flag bg-flag-tint">{counted(one.conflict, 'conflict')}</Badge>}
                    <span className="min-w-0 text-soft [overflow-wrap:anywhere]">{counted(one.items, `${one.kind} caption`)}, {one.people} people each{one.filter && `, where ${one.filter}`}</span>
                    <span className="flex-1" />
                    <span>{formatCount(one.items - one.open)} of {formatCount(one.items)}</span>
                    <span className="text-faint"><bdi>{one.reviewer}</bdi>, <RelativeTime at={one.createdAt} /></span>
                  </Link>
                </li>
              ))}
            </ul>
          </Panel>
        </div>
        <div className="min-w-0 lg:overflow-y-auto"><AgreementTable dataset={dataset} /></div>
      </div>
    </div>
  )
}
