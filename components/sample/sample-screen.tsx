'use client'

import { useQueryClient, type InfiniteData } from '@tanstack/react-query'
import { ArrowLeft, ChevronLeft, ChevronRight, ExternalLink } from 'lucide-react'
import { useRouter, useSearchParams } from 'next/navigation'
import { useState } from 'react'
import { term } from '@/lib/sample/filter'
import { Sort } from '@/lib/sample/schema'
import { CaptionCard } from '../caption/caption-card'
import { originalOf, type SampleAnswer, type SamplePage } from '../api'
import { useActs } from '../frame/keys'
import { datasetUrl, sampleUrl } from '../frame/places'
import { useEvidence, useNeighbours, useSample } from '../queries'
import { buttonClass, LinkButton } from '../ui/button'
import { DroppedBadge } from '../ui/badge'
import { EmptyState, ErrorNote } from '../ui/notes'
import { Panel } from '../ui/panel'
import { Skeleton } from '../ui/skeleton'
import { counted } from '../ui/numbers'
import { Flags, History, Metadata } from './sample-facts'
import { EvidenceImage } from '../evidence/evidence-image'

/** The samples before and after in the list the person came from: while it is in memory, and where it ends there the server knows. */
function useWalk(dataset: string, key: string) {
  const query = useSearchParams()
  const client = useQueryClient()
  const filter = query.get('filter') ?? ''
  const sort = Sort.safeParse(query.get('sort')).data ?? 'imported'
  const list = client.getQueryData<InfiniteData<SamplePage>>(['samples', dataset, filter, sort])?.pages.flatMap((page) => page.samples) ?? []
  const at = list.findIndex((one) => one.key === key)
  const [before, after] = at < 0 ? [] : [list[at - 1]?.key, list[at + 1]?.key]
  const { data } = useNeighbours(dataset, key, { filter, sort }, before === undefined || after === undefined)
  const [previous, next] = [before ?? data?.previous, after ?? data?.next]
  const kept: Record<string, string> = { filter, sort: sort === 'imported' ? '' : sort }
  return { previous: previous && sampleUrl(dataset, previous, kept), next: next && sampleUrl(dataset, next, kept), back: datasetUrl(dataset, '', kept) }
}

/** Everything known about one pair. */
export function SampleScreen({ dataset, sampleKey }: { dataset: string; sampleKey: string }) {
  const router = useRouter()
  const { data: sample, error, refetch } = useSample(dataset, sampleKey)
  const { previous, next, back } = useWalk(dataset, sampleKey)
  const only = { filter: sample ? `id:${sample.id}` : term('key', sampleKey) }
  useActs([
    { label: 'Next sample', keys: 'ArrowRight | j', group: 'Sample', run: () => next && router.push(next) },
    { label: 'Previous sample', keys: 'ArrowLeft | k', group: 'Sample', run: () => previous && router.push(previous) },
    { label: 'Back to the samples', keys: 'Escape', group: 'Sample', run: () => router.push(back) },
    { label: 'Review this sample', group: 'Sample', run: () => router.push(datasetUrl(dataset, '/review', only)) },
    { label: 'Recaption this sample', group: 'Sample', run: () => router.push(datasetUrl(dataset, '/recaption', only)) },
  ])
  return (
    <div className="flex h-full min-h-0 flex-col">
      <div className="flex min-h-11 shrink-0 items-center gap-1 border-b border-line px-3">
        <LinkButton look="quiet" size="small" href={back} aria-label="Back to the samples"><ArrowLeft size={16} aria-hidden /></LinkButton>
        <h1 className="min-w-0 flex-1 truncate font-semibold" title={sampleKey}><bdi>{sampleKey}</bdi></h1>
        {sample?.dropped && <DroppedBadge />}
        <Onward dataset={dataset} only={only} className="max-sm:hidden" />
        {previous ? <LinkButton look="quiet" size="small" href={previous} aria-label="Previous sample"><ChevronLeft size={16} aria-hidden /></LinkButton> : <span className={buttonClass({ look: 'quiet', size: 'small' })} aria-hidden><ChevronLeft size={16} className="opacity-30" /></span>}
        {next ? <LinkButton look="quiet" size="small" href={next} aria-label="Next sample"><ChevronRight size={16} aria-hidden /></LinkButton> : <span className={buttonClass({ look: 'quiet', size: 'small' })} aria-hidden><ChevronRight size={16} className="opacity-30" /></span>}
      </div>
      {error ? <div className="p-4"><ErrorNote error={error} retry={() => void refetch()} /></div> : sample ? <Pair dataset={dataset} sample={sample} only={only} /> : <Loading />}
    </div>
  )
}

const Loading = () => (
  <div role="status" aria-label="Loading" className="grid min-h-0 flex-1 lg:grid-cols-2">
    <div className="p-4"><Skeleton className="h-[60dvh]" /></div>
    <div className="flex flex-col gap-3 p-4">{Array.from({ length: 6 }, (_, i) => <Skeleton key={i} className="h-16" />)}</div>
  </div>
)

/** What can be done with just this sample. */
const Onward = ({ dataset, only, className }: { dataset: string; only: Record<string, string>; className: string }) => (
  <span className={className}>
    <LinkButton look="quiet" size="small" href={datasetUrl(dataset, '/review', only)}>Review</LinkButton>
    <LinkButton look="quiet" size="small" href={datasetUrl(dataset, '/recaption', only)}>Recaption</LinkButton>
  </span>
)

function Pair({ dataset, sample, only }: { dataset: string; sample: SampleAnswer; only: Record<string, string> }) {
  const evidence = useEvidence(dataset, sample.key)
  const [lit, setLit] = useState<number | null>(null)
  const claims = evidence.data?.claims ?? []
  const newestFirst = [...sample.captions].sort((a, b) => b.id - a.id)
  return (
    <div className="min-h-0 flex-1 overflow-y-auto lg:grid lg:grid-cols-[minmax(0,1.1fr)_minmax(0,1fr)] lg:overflow-hidden">
      <figure className="flex flex-col border-b border-line bg-sunken lg:min-h-0 lg:border-r lg:border-b-0 lg:border-line">
        <div className="relative h-[48dvh] lg:h-auto lg:min-h-0 lg:flex-1"><EvidenceImage key={sample.id} sample={sample} original claims={claims} sight={evidence.data?.sight ?? null} lit={lit} onLit={setLit} className="!absolute inset-3" /></div>
        <figcaption className="flex flex-wrap gap-x-4 border-t border-line px-4 py-2 text-faint tabular-nums">
          {sample.width !== null && <span>{sample.width} × {sample.height} px</span>}
          <Onward dataset={dataset} only={only} className="order-last -my-1 ml-auto sm:hidden" />
          {sample.mediaId !== null && <a className="link inline-flex items-center gap-1" href={originalOf(sample.mediaId)} target="_blank" rel="noreferrer">Original <ExternalLink size={12} aria-hidden /></a>}
        </figcaption>
      </figure>
      <div className="min-w-0 lg:overflow-y-auto">
        <section aria-label="Captions" className="border-b border-line">
          {newestFirst.length === 0 && <EmptyState title="No caption yet" command={`recaption run --dataset "${dataset}" --recipe short --filter 'id:${sample.id}'`}>It came without a text, and no model has described it.</EmptyState>}
          {newestFirst.map((caption) => (
            <CaptionCard key={caption.id} caption={caption} flags={sample.flags.filter((flag) => flag.captionId === caption.id)} parent={sample.captions.find((one) => one.id === caption.parentId)} evidence={{ claims: claims.filter((claim) => claim.captionId === caption.id), lit, onLit: setLit }} />
          ))}
        </section>
        <Panel title={sample.flags.length ? counted(sample.flags.length, 'flag') : 'Flags'}><Flags dataset={dataset} sample={sample} /></Panel>
        <Panel title="History"><History sample={sample} /></Panel>
        <Panel title="Metadata" className="border-b-0"><Metadata sample={sample} /></Panel>
      </div>
    </div>
  )
}
