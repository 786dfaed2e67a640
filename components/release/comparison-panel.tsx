'use client'

import Link from 'next/link'
import { parseAsInteger, useQueryState } from 'nuqs'
import type { Comparison } from '@/lib/export/compare'
import { WordDiff } from '../caption/word-diff-view'
import { sampleUrl } from '../frame/places'
import { Select } from '../ui/input'
import { ErrorNote } from '../ui/notes'
import { counted, formatCount } from '../ui/numbers'
import { Panel } from '../ui/panel'
import { Skeleton } from '../ui/skeleton'
import { useComparison, useReleases, type Release } from './queries'

/** What changed since another release of this dataset; the one before unless another is chosen. */
export function ComparisonPanel({ dataset, release }: { dataset: string; release: Release }) {
  const { data: releases } = useReleases(dataset)
  const [chosen, setChosen] = useQueryState('with', parseAsInteger)
  const others = (releases ?? []).filter((one) => one.id !== release.id && one.status === 'done')
  const before = others.find((one) => one.id === chosen) ?? others.find((one) => one.id < release.id) ?? others[0]
  const { data, error } = useComparison(before?.id ?? null, release.id)
  return (
    <Panel
      title="Compared with another release"
      aside={others.length > 0 && <Select aria-label="Compare with" value={String(before?.id ?? '')} onChange={(event) => void setChosen(Number(event.target.value))} options={others.map((one) => ({ value: String(one.id), label: `Release ${one.id}, ${one.format}, ${counted(one.samples, 'sample')}` }))} />}
    >
      {releases && others.length === 0 && <p className="text-faint">There is no other finished release of this dataset yet.</p>}
      {error && <ErrorNote error={error} />}
      {before && !data && !error && <Skeleton className="h-24" />}
      {data && <Differences dataset={dataset} seen={data} />}
    </Panel>
  )
}

function Differences({ dataset, seen }: { dataset: string; seen: Comparison }) {
  const facts = [['Same', seen.same], ['Added', seen.added.count], ['Removed', seen.removed.count], ['Changed captions', seen.changed.count]] as const
  return (
    <div className="flex flex-col gap-4">
      <dl className="grid grid-cols-2 gap-x-6 gap-y-3 sm:grid-cols-4">
        {facts.map(([name, value]) => <div key={name}><dt className="text-soft">{name}</dt><dd className="text-title tabular-nums">{formatCount(value)}</dd></div>)}
      </dl>
      <p className="text-soft">Shift, in bits of Jensen–Shannon divergence (0 nothing moved, 1 nothing in common): lengths {bits(seen.shift.lengths)}, opening words {bits(seen.shift.openings)}, kinds {bits(seen.shift.kinds)}.</p>
      <Keys dataset={dataset} title="Added" list={seen.added} />
      <Keys dataset={dataset} title="Removed" list={seen.removed} />
      {seen.changed.count > 0 && (
        <details open={seen.changed.count <= 5}>
          <summary className="font-medium">Changed captions{more(seen.changed)}</summary>
          <ul>
            {seen.changed.examples.map(({ key, before, after }) => (
              <li key={key} className="border-b border-line py-2 last:border-0">
                <Link className="link [overflow-wrap:anywhere]" href={sampleUrl(dataset, key)}>{key}</Link>
                {before.kind !== after.kind && <span className="text-faint"> {before.kind} → {after.kind}</span>}
                <WordDiff before={before} after={after} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  )
}

const bits = (value: number | null) => (value === null ? 'not known' : value.toFixed(3))
const more = ({ count, examples }: { count: number; examples: readonly unknown[] }) => (count > examples.length ? `, the first ${formatCount(examples.length)} of ${formatCount(count)}` : `, ${formatCount(count)}`)

const Keys = ({ dataset, title, list }: { dataset: string; title: string; list: { count: number; examples: string[] } }) =>
  list.count > 0 && (
    <details>
      <summary className="font-medium">{title}{more(list)}</summary>
      <ul className="flex flex-wrap gap-x-4 gap-y-1 py-1">{list.examples.map((key) => <li key={key}><Link className="link [overflow-wrap:anywhere]" href={sampleUrl(dataset, key)}>{key}</Link></li>)}</ul>
    </details>
  )
