'use client'

import Link from 'next/link'
import { parseAsString, useQueryState } from 'nuqs'
import { datasetUrl } from '../frame/places'
import { ReviewNav } from '../people/review-nav'
import { Badge } from '../ui/badge'
import { ErrorNote } from '../ui/notes'
import { formatCount } from '../ui/numbers'
import { Panel } from '../ui/panel'
import { RelativeTime } from '../ui/relative-time'
import { Skeleton } from '../ui/skeleton'
import { CompareForm } from './compare-form'
import { useComparisons } from './queries'
import { sideWords } from './side'

/** Which of two writes better, as people see it who do not know which is which? */
export function CompareScreen({ dataset }: { dataset: string }) {
  const [filter, setFilter] = useQueryState('filter', parseAsString.withDefault(''))
  const { data, error, refetch } = useComparisons(dataset)
  return (
    <div className="flex h-full min-h-0 flex-col">
      <h1 className="sr-only">Compare captions of {dataset}</h1>
      <ReviewNav dataset={dataset} here="compare" />
      <div className="min-h-0 flex-1 overflow-y-auto lg:grid lg:grid-cols-[minmax(420px,1fr)_minmax(0,1fr)] lg:overflow-hidden">
        <div className="lg:overflow-y-auto lg:border-r lg:border-line"><CompareForm dataset={dataset} filter={filter} onFilter={(next) => void setFilter(next || null)} /></div>
        <div className="min-w-0 lg:overflow-y-auto">
          <Panel title="Comparisons" className="border-b-0">
            {error && <ErrorNote error={error} retry={() => void refetch()} />}
            {!data && !error && <Skeleton className="h-24" />}
            {data?.length === 0 && <p className="measure text-soft">No comparison yet. Two captions of the same picture stand side by side, in random order and without names; you say which is better.</p>}
            <ul className="divide-y divide-line">
              {data?.map((one) => (
                <li key={one.id}>
                  <Link href={datasetUrl(dataset, `/compare/${one.id}`)} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2 tabular-nums hover:bg-hover">
                    <span className="font-medium">Comparison {one.id}</span>
                    <Badge>{one.status === 'closed' ? 'finished' : 'open'}</Badge>
                    <span className="min-w-0 text-soft [overflow-wrap:anywhere]">{one.kind}: {sideWords(one.a)} against {sideWords(one.b)}</span>
                    <span className="flex-1" />
                    <span>{formatCount(one.judged)} of {formatCount(one.pairs)}</span>
                    <span className="text-faint"><bdi>{one.reviewer}</bdi>, <RelativeTime at={one.createdAt} /></span>
                  </Link>
                </li>
              ))}
            </ul>
          </Panel>
        </div>
      </div>
    </div>
  )
}
