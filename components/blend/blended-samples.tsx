'use client'

import Link from 'next/link'
import type { BlendSpec } from '@/lib/blend/schema'
import { CaptionText } from '../caption/caption-text'
import { sampleUrl } from '../frame/places'
import { Picture } from '../sample/picture'
import { Badge, OriginBadge } from '../ui/badge'
import { ErrorNote } from '../ui/notes'
import { counted, formatCount, formatPercent } from '../ui/numbers'
import { Skeleton } from '../ui/skeleton'
import { useBlendedSamples, type BlendedSample } from './queries'

/** Twenty samples, spread over the dataset, as the trainer will see them. */
export function BlendedSamples({ dataset, spec }: { dataset: string; spec: BlendSpec }) {
  const { data, error, refetch } = useBlendedSamples(dataset, spec)
  if (error) return <ErrorNote error={error} retry={() => void refetch()} />
  if (!data) return <div className="flex flex-col gap-3">{Array.from({ length: 5 }, (_, i) => <Skeleton key={i} className="h-20" />)}</div>
  if (data.length === 0) return <p className="text-faint">No sample matches.</p>
  return <ol className="flex flex-col">{data.map((sample) => <Row key={sample.id} dataset={dataset} sample={sample} weighted={spec.mode === 'weighted'} />)}</ol>
}

function Row({ dataset, sample, weighted }: { dataset: string; sample: BlendedSample; weighted: boolean }) {
  const { chosen } = sample
  return (
    <li className="flex gap-3 border-b border-line py-3 last:border-0">
      <Link href={sampleUrl(dataset, sample.key)} aria-label={`Sample ${sample.key}`} className="size-16 shrink-0 overflow-hidden rounded-small bg-sunken sm:size-20"><Picture sample={{ ...sample, fault: null, dropped: false }} side={160} /></Link>
      <div className="min-w-0 flex-1">
        {chosen ? (
          <>
            <CaptionText text={chosen.text} cuts={chosen.cuts} />
            <div className="mt-1 flex flex-wrap items-center gap-x-2 gap-y-1 text-faint tabular-nums">
              <span className="font-medium text-ink">{chosen.kind}</span>
              <OriginBadge origin={chosen.origin} />
              {chosen.fallback && <Badge tone="text-flag bg-flag-tint" title="The side that p asked for is missing here.">fallback</Badge>}
              <span>{counted(chosen.words, 'word')}</span>
              <span>{formatCount(chosen.tokens)} CLIP tokens</span>
              {weighted && <span>{sample.candidates.map((one) => `${one.kind} ${formatPercent(100 * one.p)}`).join(' · ')}</span>}
            </div>
          </>
        ) : (
          <p className="text-faint">Left out: no caption of it may speak. <bdi className="[overflow-wrap:anywhere]">{sample.key}</bdi></p>
        )}
      </div>
    </li>
  )
}
