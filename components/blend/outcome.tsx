'use client'

import Link from 'next/link'
import { useState, type ReactNode } from 'react'
import type { ExactCounts } from '@/lib/blend/preview-store'
import type { Preview } from '@/lib/blend/preview'
import type { BlendSpec } from '@/lib/blend/schema'
import { chanceOfOriginal } from '@/lib/blend/weighted'
import { datasetUrl } from '../frame/places'
import { DataTable } from '../chart/data-table'
import { Input } from '../ui/input'
import { counted, formatCount, formatPercent } from '../ui/numbers'

type Props = { dataset: string; spec: BlendSpec; seen: Preview; dropped: number; empty: number; exact?: ExactCounts }

/** What this blend comes to: exact where the server has counted, expected until then. */
export function Outcome({ dataset, spec, seen, dropped, empty, exact }: Props) {
  const samples = exact?.samples ?? Math.round(seen.samples)
  const byKind = exact?.byKind ?? seen.byKind
  const kinds = Object.keys({ ...seen.byKind, ...byKind }).sort((a, b) => Number(b === 'alt') - Number(a === 'alt') || (a < b ? -1 : 1))
  const fallbacks = exact?.fallbacks ?? Math.round(seen.fallbacks.toAlt + seen.fallbacks.toSynthetic)
  const within = (more: string) => datasetUrl(dataset, '', { filter: [spec.filter && `(${spec.filter})`, more].filter(Boolean).join(' ') })
  return (
    <div className="flex flex-col gap-3">
      <dl className="grid grid-cols-2 gap-x-6 gap-y-3 sm:grid-cols-4">
        <Fact name="Samples" value={formatCount(samples)} />
        <Fact name="Effective p" value={formatPercent(100 * (exact?.effectiveP ?? seen.effectiveP))} note={`asked ${formatPercent(100 * spec.p)}`} />
        <Fact name="Fallbacks" value={formatCount(fallbacks)} note={fallbacks === 0 ? 'none missing' : [seen.fallbacks.toAlt >= 0.5 && `about ${formatCount(seen.fallbacks.toAlt)} to the original`, seen.fallbacks.toSynthetic >= 0.5 && `about ${formatCount(seen.fallbacks.toSynthetic)} to a synthetic one`].filter(Boolean).join(', ')} />
        <Fact name="Counts" value={exact ? 'exact' : 'expected'} note={exact ? 'counted sample by sample' : 'exact ones follow'} />
      </dl>
      <DataTable caption="Samples by kind of the chosen caption" head={['Chosen', 'Samples', 'Share']} rows={kinds.map((kind) => [<bdi key="k">{kind === 'alt' ? 'alt, the original' : kind}</bdi>, formatCount(byKind[kind] ?? 0), formatPercent(samples ? (100 * (byKind[kind] ?? 0)) / samples : 0)])} />
      <div>
        <h3 className="font-semibold">Left out</h3>
        <ul className="text-soft">
          <li><Link className="link underline" href={within('dropped:yes')}>{counted(exact?.excluded.dropped ?? dropped, 'sample')}</Link> dropped by a person</li>
          <li>{counted(exact?.excluded.nothingToSay ?? Math.round(empty + seen.leftOut), 'sample')} without a caption that may speak: none there, in no allowed standing, quarantined{spec.fallback ? '' : ', or the side asked for is missing and fallback is off'}</li>
        </ul>
      </div>
      {spec.mode === 'weighted' && <Chance p={spec.p} />}
    </div>
  )
}

const Fact = ({ name, value, note }: { name: string; value: ReactNode; note?: string }) => (
  <div className="min-w-0">
    <dt className="text-soft">{name}</dt>
    <dd className="text-title tabular-nums">{value}</dd>
    {note && <dd className="text-faint">{note}</dd>}
  </div>
)

function Chance({ p }: { p: number }) {
  const [epochs, setEpochs] = useState(10)
  return (
    <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
      In
      <span className="w-20"><Input type="number" aria-label="Epochs" min={1} max={10_000} value={epochs} onChange={(event) => event.target.valueAsNumber >= 1 && setEpochs(Math.round(event.target.valueAsNumber))} /></span>
      epochs a sample with both shows its original at least once with a chance of <strong>{formatPercent(100 * chanceOfOriginal(p, epochs))}</strong>
      <span className="text-faint">1 − p<sup>E</sup></span>
    </p>
  )
}
