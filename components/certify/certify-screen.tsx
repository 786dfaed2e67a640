'use client'

import Link from 'next/link'
import { parseAsString, useQueryState } from 'nuqs'
import { datasetUrl } from '../frame/places'
import { ReviewNav } from '../people/review-nav'
import { ErrorNote } from '../ui/notes'
import { formatCount, formatPercent } from '../ui/numbers'
import { Panel } from '../ui/panel'
import { RelativeTime } from '../ui/relative-time'
import { Skeleton } from '../ui/skeleton'
import { PlanBadge } from './plan-badge'
import { PlanForm } from './plan-form'
import { usePlans } from './queries'

/** How good is a batch that nobody looks at one by one? */
export function CertifyScreen({ dataset }: { dataset: string }) {
  const [filter, setFilter] = useQueryState('filter', parseAsString.withDefault(''))
  return (
    <div className="flex h-full min-h-0 flex-col">
      <h1 className="sr-only">Certify batches of {dataset}</h1>
      <ReviewNav dataset={dataset} here="certify" />
      <div className="min-h-0 flex-1 overflow-y-auto lg:grid lg:grid-cols-[minmax(420px,1fr)_minmax(0,1fr)] lg:overflow-hidden">
        <div className="lg:overflow-y-auto lg:border-r lg:border-line"><PlanForm dataset={dataset} filter={filter} onFilter={(next) => void setFilter(next || null)} /></div>
        <div className="min-w-0 lg:overflow-y-auto"><PlanList dataset={dataset} /></div>
      </div>
    </div>
  )
}

function PlanList({ dataset }: { dataset: string }) {
  const { data, error, refetch } = usePlans(dataset)
  return (
    <Panel title="Batches" className="border-b-0">
      {error && <ErrorNote error={error} retry={() => void refetch()} />}
      {!data && !error && <Skeleton className="h-24" />}
      {data?.length === 0 && <p className="measure text-soft">No batch yet. A random sample is looked at blind; when it is good enough, all pending captions of the batch are approved in one step that can be taken back.</p>}
      <ul className="divide-y divide-line">
        {data?.map((plan) => (
          <li key={plan.id}>
            <Link href={datasetUrl(dataset, `/certify/${plan.id}`)} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2 tabular-nums hover:bg-hover">
              <span className="font-medium">Batch {plan.id}</span>
              <PlanBadge status={plan.status} />
              <span className="min-w-0 text-soft [overflow-wrap:anywhere]">{formatCount(plan.lot)} {plan.kind}, at most {formatPercent(plan.limit * 100)} bad{plan.filter && `, where ${plan.filter}`}</span>
              <span className="flex-1" />
              <span>{formatCount(plan.looked)} of {formatCount(plan.size)} looked at</span>
              <span className="text-faint"><bdi>{plan.reviewer}</bdi>, <RelativeTime at={plan.createdAt} /></span>
            </Link>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
