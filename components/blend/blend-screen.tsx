'use client'

import Link from 'next/link'
import { useMemo, useState } from 'react'
import { preview } from '@/lib/blend/preview'
import type { BlendSpec } from '@/lib/blend/schema'
import { useActs } from '../frame/keys'
import { datasetUrl } from '../frame/places'
import { ReleaseDialog } from '../release/release-dialog'
import { TrainerPicker } from '../caption/trainer-picker'
import { Button } from '../ui/button'
import { cx } from '../ui/class-names'
import { EmptyState, ErrorNote } from '../ui/notes'
import { Skeleton } from '../ui/skeleton'
import { BlendedSamples } from './blended-samples'
import { Lengths } from './lengths'
import { Outcome } from './outcome'
import { useCounts, useLengths, type Lengths as Measured } from './queries'
import { SavedBlends } from './saved-blends'
import { ShareSlider } from './share-slider'
import { SpecForm } from './spec-form'
import { useBlend, type Change } from './use-blend'
import { useSettled } from './use-settled'

/** What mixture do I ship? */
export function BlendScreen({ dataset }: { dataset: string }) {
  const { spec, change } = useBlend()
  const settled = useSettled(spec)
  const [releasing, setReleasing] = useState(false)
  const { lengths, error, measuring, retry } = useLengths(dataset, settled)
  useActs([
    { label: 'Make a release', keys: 'm', group: 'Blend', run: () => setReleasing(true) },
    { label: 'One percent more synthetic', keys: ']', group: 'Blend', minor: true, run: () => change({ p: Math.min(1, Math.round(spec.p * 100 + 1) / 100) }) },
    { label: 'One percent less synthetic', keys: '[', group: 'Blend', minor: true, run: () => change({ p: Math.max(0, Math.round(spec.p * 100 - 1) / 100) }) },
  ])
  const kinds = useMemo(() => [...new Set(lengths?.groups.flatMap((group) => group.kinds) ?? [])].filter((kind) => kind !== 'alt').sort(), [lengths])
  return (
    <div className="flex min-h-full flex-col">
      <header className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line px-4 py-3">
        <h1 className="flex-1 text-title font-semibold">Blend</h1>
        {measuring && lengths && <span role="status" className="text-faint">Measuring what changed…</span>}
        <SavedBlends dataset={dataset} spec={spec} change={change} />
        <Link className="link" href={datasetUrl(dataset, '/releases')}>Releases</Link>
        <Button look="primary" onClick={() => setReleasing(true)} disabled={!lengths || lengths.groups.length === 0}>Make a release</Button>
      </header>
      {error && <ErrorNote className="m-4" error={error} retry={retry} />}
      {!lengths && !error && <div aria-label="Loading" className="grid gap-6 p-4 lg:grid-cols-2"><Skeleton className="h-96" /><Skeleton className="h-96" /></div>}
      {lengths && <Body dataset={dataset} spec={spec} settled={settled} change={change} lengths={lengths} kinds={kinds} />}
      <ReleaseDialog dataset={dataset} spec={spec} open={releasing} onOpenChange={setReleasing} />
    </div>
  )
}

function Body({ dataset, spec, settled, change, lengths, kinds }: { dataset: string; spec: BlendSpec; settled: BlendSpec; change: Change; lengths: Measured; kinds: readonly string[] }) {
  const seen = useMemo(() => preview(lengths.groups, spec), [lengths, spec])
  const { data, isPlaceholderData, error } = useCounts(dataset, settled)
  const exact = settled === spec && !isPlaceholderData ? data : undefined
  // What was chosen stays in reach where no caption may speak: it may be the reason.
  const empty = lengths.groups.length === 0
  return (
    <div className="grid flex-1 lg:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
      <div className="flex flex-col gap-6 p-4 lg:border-r lg:border-line">
        {!empty && (
          <>
            <ShareSlider p={spec.p} onChange={(p) => change({ p })} />
            <Lengths groups={lengths.groups} seen={seen} />
            <section aria-label="What comes of it" className="flex flex-col gap-3 border-t border-line pt-4">
              <h2 className="font-semibold">What comes of it</h2>
              {error && <ErrorNote error={error} />}
              <Outcome dataset={dataset} spec={spec} seen={seen} dropped={lengths.dropped} empty={lengths.empty} exact={exact} />
            </section>
          </>
        )}
        <section aria-label="How it is chosen" className={cx('flex flex-col gap-3', !empty && 'border-t border-line pt-4')}>
          <h2 className="font-semibold">How it is chosen</h2>
          <SpecForm spec={spec} change={change} kinds={kinds} />
        </section>
      </div>
      {empty ? (
        <EmptyState title="There is nothing to blend" command={`recaption run --dataset "${dataset}" --recipe detailed`}>
          No sample of this choice has a caption that may speak for it. Allow more standings, widen the filter, recaption, or import texts.
        </EmptyState>
      ) : (
        <section aria-label="As the trainer will see them" className="min-w-0 p-4 max-lg:border-t max-lg:border-line">
          <header className="mb-2 flex flex-wrap items-center gap-x-4 gap-y-2">
            <h2 className="flex-1 font-semibold">As the trainer will see them</h2>
            <TrainerPicker />
          </header>
          <BlendedSamples dataset={dataset} spec={settled} />
        </section>
      )}
    </div>
  )
}
