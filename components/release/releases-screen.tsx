'use client'

import Link from 'next/link'
import { datasetUrl } from '../frame/places'
import { LinkButton } from '../ui/button'
import { EmptyState, ErrorNote } from '../ui/notes'
import { formatCount, formatPercent } from '../ui/numbers'
import { RelativeTime } from '../ui/relative-time'
import { Skeleton } from '../ui/skeleton'
import { boundOf } from './bound'
import { useReleases, type Release } from './queries'
import { ReleaseStatus } from './release-status'

const HEAD = ['Release', 'Format', 'Samples', 'Effective p', 'Errors at most', 'Made', 'Status']

/** What did I ship, and can I prove it? */
export function ReleasesScreen({ dataset }: { dataset: string }) {
  const { data, error, refetch } = useReleases(dataset)
  return (
    <div>
      <header className="flex flex-wrap items-center gap-3 border-b border-line px-4 py-3">
        <h1 className="flex-1 text-title font-semibold">Releases</h1>
        <LinkButton look="primary" href={datasetUrl(dataset, '/blend')}>Blend and release</LinkButton>
      </header>
      {error && <ErrorNote className="m-4" error={error} retry={() => void refetch()} />}
      {!data && !error && <div aria-label="Loading" className="flex flex-col gap-2 p-4">{Array.from({ length: 4 }, (_, i) => <Skeleton key={i} className="h-10" />)}</div>}
      {data?.length === 0 && (
        <EmptyState title="Nothing has been released yet" command={`recaption export --dataset "${dataset}" --format imagefolder --out ./release`} action={<LinkButton look="primary" href={datasetUrl(dataset, '/blend')}>Blend a release</LinkButton>}>
          A release is one caption a sample, written in the format your trainer reads, read back and compared before it gets its name.
        </EmptyState>
      )}
      {data && data.length > 0 && <Table dataset={dataset} releases={data} />}
    </div>
  )
}

function Table({ dataset, releases }: { dataset: string; releases: readonly Release[] }) {
  return (
    <div tabIndex={0} role="region" aria-label="Releases" className="overflow-x-auto">
      <table className="w-full border-collapse tabular-nums">
        <thead>
          <tr>{HEAD.map((head, i) => <th key={head} scope="col" className={`border-b border-line px-4 py-2 font-medium whitespace-nowrap text-soft ${i >= 2 && i <= 4 ? 'text-right' : 'text-left'}`}>{head}</th>)}</tr>
        </thead>
        <tbody>
          {releases.map((release) => (
            <tr key={release.id} className="hover:bg-hover">
              <th scope="row" className="border-b border-line px-4 py-2 text-left font-medium whitespace-nowrap"><Link className="link" href={datasetUrl(dataset, `/releases/${release.id}`)}>Release {release.id}</Link></th>
              <td className="border-b border-line px-4 py-2">{release.format}</td>
              <td className="border-b border-line px-4 py-2 text-right">{release.manifest ? formatCount(release.samples) : '–'}</td>
              <td className="border-b border-line px-4 py-2 text-right">{release.manifest ? formatPercent(100 * release.manifest.effectiveP) : '–'}</td>
              <td className="border-b border-line px-4 py-2 text-right whitespace-nowrap" title={boundOf(release.manifest)?.says}>{boundOf(release.manifest)?.short ?? '–'}</td>
              <td className="border-b border-line px-4 py-2 whitespace-nowrap"><RelativeTime at={release.createdAt} /></td>
              <td className="border-b border-line px-4 py-2"><ReleaseStatus release={release} /></td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
