'use client'

import Link from 'next/link'
import type { ReactNode } from 'react'
import type { Bin } from '@/lib/dataset/overview'
import { term } from '@/lib/sample/filter'
import { datasetUrl } from '../frame/places'
import { useDatasets, useReviewProgress } from '../queries'
import { EmptyState, ErrorNote } from '../ui/notes'
import { counted, formatCount, formatShare } from '../ui/numbers'
import { Panel } from '../ui/panel'
import { RelativeTime } from '../ui/relative-time'
import { Skeleton } from '../ui/skeleton'
import { CaptionMatrix } from './caption-matrix'
import { DataFrame } from './data-frame'
import { useOverview, type About } from './data-queries'
import { FacetColumns } from './facet-columns'
import { Bars, Facts, type Row } from './overview-parts'
import { rangeTerm } from './terms'

/** What is in this dataset, at one look; each number leads to its samples. */
export function AboutScreen({ dataset }: { dataset: string }) {
  const { data: about, error, refetch } = useOverview(dataset)
  return (
    <DataFrame dataset={dataset} title={`What is in ${dataset}?`}>
      {error ? <ErrorNote error={error} retry={() => void refetch()} className="m-4" /> : about ? <Loaded dataset={dataset} about={about} /> : <div role="status" aria-label="Loading" className="flex flex-col gap-4 p-4"><Skeleton className="h-40" /><Skeleton className="h-64" /><Skeleton className="h-64" /></div>}
    </DataFrame>
  )
}

/** Without the empty bins at both ends. */
function filled(bins: readonly Bin[]): readonly Bin[] {
  const first = bins.findIndex((bin) => bin.count > 0)
  return first < 0 ? [] : bins.slice(first, bins.findLastIndex((bin) => bin.count > 0) + 1)
}
const label = (bin: Bin, unit = '') => (bin.to === null ? `${formatCount(bin.from)} ${unit} or more` : bin.to - bin.from === 1 ? `${bin.from} ${unit}` : `${formatCount(bin.from)}–${formatCount(bin.to - 1)} ${unit}`)
const ratio = (bin: Bin) => (bin.to === null ? `${bin.from} : 1 or wider` : `${bin.from}–${bin.to} : 1`)
const PLACES: Record<string, string> = { file: 'Files where they are', member: 'Inside archives and shards', url: 'Behind web addresses', store: 'Copied into the store' }

function Loaded({ dataset, about }: { dataset: string; about: About }) {
  const { data: datasets } = useDatasets()
  const { data: review } = useReviewProgress(dataset)
  const card = datasets?.find((one) => one.name === dataset)
  const to = (filter: string) => datasetUrl(dataset, '', { filter })
  if (about.samples === 0) return <EmptyState title="Nothing has been imported yet" command={`recaption import <folder> --dataset "${dataset}"`}>Import a folder of pictures with their texts, or drop one on the page of all datasets.</EmptyState>
  const pictures = about.samples - about.withoutPicture
  const captions = about.captions.reduce((sum, one) => sum + one.count, 0)
  const bars = (title: string, rows: readonly Row[], of: number, aside = 'samples') => rows.some((row) => row.count > 0) && <Panel title={title} aside={<span className="text-faint">{aside}</span>} className="min-w-0"><Bars label={title} rows={rows} of={of} /></Panel>
  // The shorter side reaches at least this far when both do, and ends before that when one does.
  const side = ({ from, to: end }: Bin) => `width:>=${from} height:>=${from}${end === null ? '' : ` (width:<${end} OR height:<${end})`}`
  const sized = about.sides.reduce((sum, bin) => sum + bin.count, 0)
  const link = (text: ReactNode, path: string) => <Link className="link" href={datasetUrl(dataset, path)}>{text}</Link>
  return (
    <>
      {about.note && <p className="measure px-4 pt-2 text-soft">{about.note}</p>}
      <Panel title="In short">
        <div className="grid gap-x-8 sm:grid-cols-2">
          <Facts
            facts={[
              ['Samples', link(formatCount(about.samples), '')],
              ['Captions in play', formatCount(captions)],
              ['With captions of a model or a person', card ? <Link key="c" className="link" href={to('origin:model OR origin:human')}>{`${formatCount(card.captioned)}, ${formatShare(card.captioned, about.samples)}`}</Link> : '…'],
              ['Reviewed', card ? `${formatCount(card.reviewed)}, ${formatShare(card.reviewed, about.samples)}` : '…'],
              ['Dropped', about.dropped ? <Link key="d" className="link" href={to('dropped:yes')}>{formatCount(about.dropped)}</Link> : '0'],
              ['Retired captions', formatCount(about.retired)],
            ]}
          />
          <Facts
            facts={[
              ['Problems of imports', link(formatCount(about.problems), '/problems')],
              ['Look-alikes', link(about.duplicates.near ? `${formatCount(about.duplicates.samples)} in ${counted(about.duplicates.near, 'group')}` : about.duplicates.compared ? 'none found' : 'not compared yet', '/duplicates')],
              ['Pictures that cannot be read', about.faulty ? <Link key="f" className="link" href={to('flag:broken OR flag:missing')}>{formatCount(about.faulty)}</Link> : '0'],
              ['Without a picture', formatCount(about.withoutPicture)],
              ['Licence', <bdi key="l">{about.licence || (about.licences.length ? 'by sample, below' : 'not said')}</bdi>],
              ['Last release', card?.lastRelease ? link(<RelativeTime at={card.lastRelease.finishedAt} />, '/releases') : 'none yet'],
            ]}
          />
        </div>
      </Panel>
      <Panel title="Captions" aside={<span className="text-faint">captions in play</span>}>
        {about.captions.length ? <CaptionMatrix dataset={dataset} captions={about.captions} /> : <p className="text-faint">No captions came with the data. Recaption writes them.</p>}
      </Panel>
      <div className="grid sm:grid-cols-2">
        {about.lengths.map(({ kind, bins }) => <div key={kind} className="contents">{bars(`Lengths: ${kind}`, filled(bins).map((bin) => ({ name: label(bin, 'words'), count: bin.count, href: to(`${term('kind', kind)} ${rangeTerm('words', bin.from, bin.to)}`) })), bins.reduce((sum, bin) => sum + bin.count, 0), 'captions')}</div>)}
        {bars('Languages', about.languages.values.map(({ value, count }) => ({ name: value, count })), about.languages.of, `guessed from ${counted(about.languages.of, 'caption')}`)}
        {bars('Shorter side', filled(about.sides).map((bin) => ({ name: label(bin, 'px'), count: bin.count, href: to(side(bin)) })), sized)}
        {bars('Width : height', filled(about.ratios).map((bin) => ({ name: ratio(bin), count: bin.count, href: to(rangeTerm('ratio', bin.from, bin.to)) })), sized)}
        {bars('File types', about.types.map(({ value, count }) => ({ name: value, count })), pictures)}
        {bars('Where the pictures are', about.places.map(({ value, count }) => ({ name: PLACES[value] ?? value, count, href: value === 'url' ? datasetUrl(dataset, '/sources') : undefined })), pictures)}
        {bars('Open flags', about.flags.map(({ value, count }) => ({ name: value, count, href: to(`flag:${value}`) })), about.samples)}
        {about.licences.map(({ column, values }) => <div key={column} className="contents">{bars(`Licences: ${column}`, values.map(({ value, count }) => ({ name: <bdi>{value}</bdi>, count, href: value === 'not said' ? undefined : to(term(`meta.${column}`, value)) })), about.samples)}</div>)}
      </div>
      {about.columns.length > 0 && <Panel title="Columns of the source"><FacetColumns dataset={dataset} about={about} /></Panel>}
      <Panel title="Imports">
        <Facts facts={about.imports.map((one) => [<bdi key="s">{one.source}</bdi>, <span key="v" className="text-right">{one.format}, {counted(one.added, 'sample')}, <RelativeTime at={one.createdAt} /></span>])} />
      </Panel>
      <Panel title="Last runs">
        {about.runs.length ? <Facts facts={about.runs.map((run) => [<Link key="r" className="link" href={datasetUrl(dataset, `/recaption/runs/${run.id}`)}>Run {run.id}: {run.recipe} by {run.model}</Link>, <span key="v">{run.status}, {formatCount(run.done)} of {formatCount(run.total)}</span>])} /> : <p className="text-faint">No run yet. {link('Recaption', '/recaption')} writes captions for the samples you choose.</p>}
      </Panel>
      <Panel title="Last releases">
        {about.releases.length ? <Facts facts={about.releases.map((release) => [<span key="r">{link(`Release ${release.id}`, '/releases')}, {release.format}</span>, <span key="v">{release.status}, {counted(release.samples, 'sample')}, <RelativeTime at={release.createdAt} /></span>])} /> : <p className="text-faint">No release yet. {link('Blend', '/blend')} chooses what goes into one.</p>}
      </Panel>
      {review && review.reviewers.length > 0 && (
        <Panel title="Who decided" aside={<span className="text-faint">decisions</span>}>
          <Facts facts={review.reviewers.map(({ reviewer, decisions }) => [<bdi key="r">{reviewer}</bdi>, <Link key="d" className="link" href={to(term('reviewer', reviewer))}>{formatCount(decisions)}</Link>])} />
        </Panel>
      )}
    </>
  )
}
