'use client'

import Link from 'next/link'
import type { ReactNode } from 'react'
import type { FacetValue } from '@/lib/sample/facet-store'
import { datasetUrl } from '../frame/places'
import { useDatasets, useFacets, useReviewProgress } from '../queries'
import { EmptyState, ErrorNote } from '../ui/notes'
import { counted, formatCount, formatShare } from '../ui/numbers'
import { Panel } from '../ui/panel'
import { RelativeTime } from '../ui/relative-time'
import { Skeleton } from '../ui/skeleton'
import { term } from './terms'

/** What this dataset is, in numbers; each leads to its samples. */
export function AboutScreen({ dataset }: { dataset: string }) {
  const { data: datasets, error } = useDatasets()
  const { data: facets } = useFacets(dataset, '')
  const { data: review } = useReviewProgress(dataset)
  const card = datasets?.find((one) => one.name === dataset)
  if (error) return <div className="p-4"><ErrorNote error={error} /></div>
  if (!datasets) return <div className="p-4"><Skeleton className="h-64" /></div>
  if (!card) return <EmptyState title={`There is no dataset “${dataset}”`} command="recaption datasets" action={<Link href="/" className="link">See all datasets</Link>} />
  const tables: [title: string, field: string, values: readonly FacetValue[] | undefined][] = [['Captions by kind', 'kind', facets?.values.kind], ['By standing', 'standing', facets?.values.standing], ['By origin', 'origin', facets?.values.origin], ['By model', 'model', facets?.values.model], ['Open flags', 'flag', facets?.values.flag]]
  return (
    <div className="mx-auto max-w-3xl pb-12">
      <h1 className="px-4 pt-6 text-display font-semibold"><bdi>{dataset}</bdi></h1>
      <Panel title="In short">
        <Facts
          facts={[
            ['Samples', <Link key="s" className="link" href={datasetUrl(dataset)}>{formatCount(card.samples)}</Link>],
            ['Captions', formatCount(card.captions)],
            ['With captions of a model or a person', <Link key="c" className="link" href={datasetUrl(dataset, '', { filter: 'origin:model OR origin:human' })}>{`${formatCount(card.captioned)}, ${formatShare(card.captioned, card.samples)}`}</Link>],
            ['Reviewed', `${formatCount(card.reviewed)}, ${formatShare(card.reviewed, card.samples)}`],
            ['Open flags', formatCount(card.openFlags)],
            ['Made', <RelativeTime key="t" at={card.createdAt} />],
            ['Last release', card.lastRelease ? <>{card.lastRelease.format}, {counted(card.lastRelease.samples, 'sample')}, <RelativeTime at={card.lastRelease.finishedAt} /></> : 'none yet'],
          ]}
        />
      </Panel>
      {tables.map(([title, field, values]) => values && values.length > 0 && (
        <Panel key={field} title={title} aside={<span className="text-faint">samples</span>}>
          <Facts facts={values.map(({ value, count }) => [<bdi key="v">{value}</bdi>, <Link key="c" className="link" href={datasetUrl(dataset, '', { filter: term(field, value) })}>{formatCount(count)}</Link>])} />
        </Panel>
      ))}
      {review && review.reviewers.length > 0 && (
        <Panel title="Who decided" aside={<span className="text-faint">decisions</span>}>
          <Facts facts={review.reviewers.map(({ reviewer, decisions }) => [<bdi key="r">{reviewer}</bdi>, <Link key="d" className="link" href={datasetUrl(dataset, '', { filter: term('reviewer', reviewer) })}>{formatCount(decisions)}</Link>])} />
        </Panel>
      )}
    </div>
  )
}

const Facts = ({ facts }: { facts: readonly (readonly [name: ReactNode, value: ReactNode])[] }) => (
  <dl className="flex flex-col">
    {facts.map(([name, value], i) => (
      <div key={i} className="flex items-baseline justify-between gap-4 border-b border-line py-1 last:border-0">
        <dt className="min-w-0 [overflow-wrap:anywhere] text-soft">{name}</dt>
        <dd className="shrink-0 tabular-nums">{value}</dd>
      </div>
    ))}
  </dl>
)
