import type { ReactNode } from 'react'
import type { DistributionSummary } from '@/lib/metric/summary'
import { DataTable } from '../chart/data-table'
import { formatPercent } from '../ui/numbers'
import type { Insight } from './queries'

const SHOWN = 6
const LISTED = 20
type Top = DistributionSummary['openings']['top']
const shareIn = (top: Top, text: string, captions: number) => (captions === 0 ? 0 : (100 * (top.find(([one]) => one === text)?.[1] ?? 0)) / captions)
/** Openings beyond the ceiling of what is told apart are kept under a name that no opening has. */
const shown = (text: string) => (text === ' other' ? 'others' : text === '' ? '(blank)' : text)

/** The first word and the first two words, most common first; a tick shows the same of the originals. */
export function Openings({ one, originals }: { one: Insight; originals: DistributionSummary | null }) {
  const { openings, bigrams, captions } = one.summary
  const against = one.summary.jsd === null ? null : originals
  return (
    <div className="grid grid-cols-2 gap-x-4">
      <Bars label="First word" top={openings.top} captions={captions} against={against && { top: against.openings.top, captions: against.captions }} />
      <Bars label="First two words" top={bigrams.top} captions={captions} against={against && { top: against.bigrams.top, captions: against.captions }} />
    </div>
  )
}

function Bars({ label, top, captions, against }: { label: string; top: Top; captions: number; against: { top: Top; captions: number } | null }) {
  return (
    <ul aria-label={label} className="min-w-0">
      {top.slice(0, SHOWN).map(([text]) => {
        const mine = shareIn(top, text, captions)
        const theirs = against && shareIn(against.top, text, against.captions)
        return (
          <li key={text} className="py-0.5" title={theirs === null ? undefined : `the originals: ${formatPercent(theirs)}`}>
            <span className="flex justify-between gap-2 tabular-nums"><bdi className="truncate">{shown(text)}</bdi><span className="text-soft">{formatPercent(mine)}</span></span>
            <svg aria-hidden viewBox="0 0 100 6" preserveAspectRatio="none" className="block h-1.5 w-full">
              <rect width="100" height="6" className="fill-hover" />
              <rect width={mine} height="6" className="fill-accent" />
              {theirs !== null && <rect x={Math.min(99, theirs)} width="1.2" height="6" className="fill-ink" />}
            </svg>
          </li>
        )
      })}
    </ul>
  )
}

export function OpeningsTable({ columns, head }: { columns: readonly Insight[]; head: readonly ReactNode[] }) {
  const row = (label: string, top: Top | undefined, captions: number, i: number) => (top?.[i] ? `${shown(top[i][0])} ${formatPercent((100 * top[i][1]) / captions)}` : label)
  return (
    <div className="grid gap-4">
      <DataTable caption="First words with their share" head={['First word', ...head.slice(1)]} rows={Array.from({ length: LISTED }, (_, i) => [i + 1, ...columns.map((one) => row('', one.summary.openings.top, one.summary.captions, i))])} />
      <DataTable caption="First two words with their share" head={['First two words', ...head.slice(1)]} rows={Array.from({ length: LISTED }, (_, i) => [i + 1, ...columns.map((one) => row('', one.summary.bigrams.top, one.summary.captions, i))])} />
    </div>
  )
}
