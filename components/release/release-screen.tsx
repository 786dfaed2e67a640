'use client'

import { useQueryClient } from '@tanstack/react-query'
import Link from 'next/link'
import { useEffect, type ReactNode } from 'react'
import { datasetUrl } from '../frame/places'
import { EmptyState, ErrorNote } from '../ui/notes'
import { formatCount, formatPercent } from '../ui/numbers'
import { Panel } from '../ui/panel'
import { RelativeTime } from '../ui/relative-time'
import { Skeleton } from '../ui/skeleton'
import { boundOf } from './bound'
import { commandOf } from './command'
import { ComparisonPanel } from './comparison-panel'
import { CopyButton, CopyLine } from './copy-line'
import { Facts } from './facts'
import { FilesPanel } from './files-panel'
import { ManifestPanel } from './manifest-panel'
import { useCard, useRelease, type Release } from './queries'
import { ReleaseStatus } from './release-status'

/** What was shipped, how it is proved, and how to make it again. */
export function ReleaseScreen({ dataset, id }: { dataset: string; id: number }) {
  const { data: release, error, refetch } = useRelease(id)
  const client = useQueryClient()
  const status = release?.status
  useEffect(() => {
    if (status === 'done' || status === 'failed') void client.invalidateQueries({ queryKey: ['releases', dataset] })
  }, [status, client, dataset])
  if (error && !release) return <EmptyState title={`There is no release ${id}`} action={<Link className="link" href={datasetUrl(dataset, '/releases')}>See all releases</Link>}><ErrorNote error={error} retry={() => void refetch()} /></EmptyState>
  if (!release) return <div aria-label="Loading" className="p-4"><Skeleton className="h-96" /></div>
  const { request } = release
  return (
    <div className="mx-auto max-w-5xl pb-12">
      <header className="px-4 pt-5">
        <Link className="link" href={datasetUrl(dataset, '/releases')}>Releases</Link>
        <div className="flex flex-wrap items-center gap-3">
          <h1 className="text-display font-semibold">Release {id}</h1>
          <ReleaseStatus release={release} />
        </div>
        <p className="text-soft">
          {request.format} of <bdi>{request.dataset}</bdi>, asked for <RelativeTime at={release.createdAt} />
          {release.finishedAt && <>, finished <RelativeTime at={release.finishedAt} /></>}
        </p>
        {release.status === 'failed' && <ErrorNote className="mt-3" error={new Error(release.why)} />}
        {release.status === 'pending' && <p className="mt-2 text-faint">A worker makes it: one runs beside “recaption serve”, or start “recaption worker”.</p>}
      </header>
      {release.manifest && <Done release={release} manifest={release.manifest} dataset={dataset} />}
      <Panel title="Make it again">
        <p className="mb-2 text-soft">The same data, spec and seed give the same bytes.</p>
        <CopyLine text={commandOf(request, `./${dataset.replace(/[^\w.-]+/g, '-')}-again`)} label="the command" />
      </Panel>
    </div>
  )
}

function Done({ release, manifest, dataset }: { release: Release; manifest: NonNullable<Release['manifest']>; dataset: string }) {
  const { data: card } = useCard(release.id, true)
  const { seconds } = release
  const facts: [ReactNode, ReactNode][] = [
    ['Samples written and read back', formatCount(manifest.proof.samples)],
    ['What was compared', manifest.proof.carries.join(', ')],
    ['Digest of all samples', <code key="d" className="font-mono text-[12px] break-all">{manifest.proof.digest}</code>],
    ['Writing took', seconds ? duration(seconds.write) : 'not known: its process ended after the last step'],
    ['The proof took', seconds ? duration(seconds.proof) : 'not known'],
    ['Errors at most', boundOf(manifest)?.says ?? 'nothing was certified by sampling'],
  ]
  return (
    <>
      <Panel title="In short">
        <dl className="grid grid-cols-2 gap-x-6 gap-y-3 sm:grid-cols-4">
          {([['Samples', formatCount(manifest.samples)], ['Effective p', formatPercent(100 * manifest.effectiveP)], ['Fallbacks', formatCount(manifest.fallbacks)], ['Left out', formatCount(manifest.excluded.dropped + manifest.excluded.nothingToSay)]] as const).map(([name, value]) => (
            <div key={name}><dt className="text-soft">{name}</dt><dd className="text-title tabular-nums">{value}</dd></div>
          ))}
        </dl>
        <div className="mt-3"><CopyLine text={release.path} label="the folder" /></div>
        {card === null && <p className="mt-1 text-rejected">The folder is not there any more: it was moved or removed. What is written here is what it held.</p>}
      </Panel>
      <Panel title="Proof"><Facts facts={facts} /></Panel>
      <ComparisonPanel dataset={dataset} release={release} />
      <ManifestPanel manifest={manifest} />
      {release.files && <FilesPanel id={release.id} totals={release.files} folder={release.path} />}
      {card && (
        <Panel title="Dataset card" aside={<CopyButton text={card} label="the card" />}>
          <pre tabIndex={0} aria-label="Dataset card" className="max-h-96 overflow-auto rounded-medium border border-line bg-sunken p-3 font-mono text-[12px] whitespace-pre-wrap [overflow-wrap:anywhere]">{card}</pre>
        </Panel>
      )}
    </>
  )
}

const duration = (seconds: number) => (seconds < 1 ? `${Math.round(seconds * 1000)} ms` : seconds < 120 ? `${seconds.toFixed(1)} s` : `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`)
