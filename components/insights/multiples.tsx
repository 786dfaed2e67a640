'use client'

import Link from 'next/link'
import { parseAsArrayOf, parseAsString, useQueryState } from 'nuqs'
import { useMemo, type ReactNode } from 'react'
import type { DistributionSummary } from '@/lib/metric/summary'
import { useTrainer } from '../caption/trainer'
import { DataTable } from '../chart/data-table'
import { ShareChart } from '../chart/share-chart'
import { datasetUrl } from '../frame/places'
import { Button } from '../ui/button'
import { formatPercent } from '../ui/numbers'
import { isEstimated } from './measures'
import { chartsOf, topOf, type Chart } from './charts'
import { Openings, OpeningsTable } from './openings'
import type { Insight } from './queries'
import { scopeName } from './scope-name'

type Props = { dataset: string; columns: readonly Insight[]; originals: DistributionSummary | null }

/** Small multiples: the same measure for every set of captions, the originals first. */
export function Multiples({ dataset, columns, originals }: Props) {
  const charts = useMemo(() => chartsOf(columns), [columns])
  const [tables, setTables] = useQueryState('table', parseAsArrayOf(parseAsString).withDefault([]))
  const toggle = (id: string) => void setTables(tables.includes(id) ? tables.filter((one) => one !== id) : [...tables, id])
  const head = ['', ...columns.map((one) => <Heading key={one.id} one={one} />)]
  const section = (id: string, label: string, hint: ReactNode, chart: (one: Insight) => ReactNode, table: () => ReactNode) => {
    const asTable = tables.includes(id)
    return (
      <section key={id} aria-label={label} className="border-b border-line px-4 py-3">
        <header className="mb-1 flex flex-wrap items-center gap-x-3">
          <h2 className="font-semibold max-sm:flex-1">{label}</h2>
          <span className="min-w-0 flex-1 text-faint max-sm:order-last max-sm:basis-full">{hint}</span>
          <Button size="small" look="quiet" aria-pressed={asTable} aria-label={`${label}: show as ${asTable ? 'chart' : 'table'}`} onClick={() => toggle(id)}>{asTable ? 'Show as chart' : 'Show as table'}</Button>
        </header>
        {asTable ? table() : (
          <div className="grid grid-cols-[repeat(auto-fit,minmax(min(100%,260px),1fr))] gap-x-6 gap-y-3">
            {columns.map((one) => (
              <div key={one.id} className="min-w-0">
                <h3 className="truncate"><Link className="hover:underline" href={datasetUrl(dataset, '', { filter: one.filter })}><Heading one={one} /></Link></h3>
                {chart(one)}
              </div>
            ))}
          </div>
        )}
      </section>
    )
  }
  return (
    <>
      {charts.map((chart) => section(chart.id, chart.label, 'share of captions, grey: the originals', (one) => <Multiple chart={chart} one={one} columns={columns} originals={originals} />, () => <Table chart={chart} columns={columns} originals={originals} head={[chart.unit, ...head.slice(1)]} />))}
      {section('openings', 'Opening words', 'share of captions, tick: the originals', (one) => <Openings one={one} originals={originals} />, () => <OpeningsTable columns={columns} head={['', ...head.slice(1)]} />)}
    </>
  )
}

const Heading = ({ one }: { one: Insight }) => {
  const { kind, by } = scopeName(one)
  return <><bdi className="font-medium">{kind}</bdi> <span className="text-faint">{by}</span></>
}

function Multiple({ chart, one, columns, originals }: { chart: Chart; one: Insight; columns: readonly Insight[]; originals: DistributionSummary | null }) {
  const { limit } = useTrainer()
  const reference = one.summary.jsd === null
  const rows = chart.rows(one.summary, originals)
  const mine = chart.id === (limit.counts === 'clip' ? 'tokens' : limit.counts)
  const mark = mine ? { at: limit.tokens, label: String(limit.tokens) } : undefined
  const cut = one.summary.cut[limit.id] ?? 0
  return (
    <>
      <ShareChart
        label={`${chart.label}: ${scopeName(one).kind}, ${scopeName(one).by}`}
        unit={chart.unit}
        rows={rows}
        step={chart.step}
        top={topOf(chart, columns, originals)}
        mark={mark}
        series={reference || !originals ? [{ id: 'seen', label: 'These', draw: 'bars' }] : [{ id: 'originals', label: 'Originals', draw: 'area' }, { id: 'seen', label: 'These', draw: 'bars' }]}
      />
      {chart.id === 'tokens' && <p className="text-soft">{isEstimated(one.summary, limit) && 'About '}{formatPercent(100 * cut)} are cut by {limit.label}{isEstimated(one.summary, limit) && ', an estimate from the words'}.</p>}
    </>
  )
}

function Table({ chart, columns, originals, head }: { chart: Chart; columns: readonly Insight[]; originals: DistributionSummary | null; head: readonly ReactNode[] }) {
  const rows = columns.map((one) => chart.rows(one.summary, originals))
  return <DataTable caption={`${chart.label}, share of captions`} head={head} rows={(rows[0] ?? []).map((row, i) => [row.label, ...rows.map((list) => formatPercent(Number(list[i].seen)))])} />
}
