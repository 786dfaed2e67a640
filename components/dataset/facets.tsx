'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { FacetBin, Facets as Answer, FacetValue } from '@/lib/sample/facet-store'
import { term } from '@/lib/sample/filter'
import type { Sort } from '@/lib/sample/schema'
import { Histogram } from '../chart/histogram'
import { useFacets } from '../queries'
import { Button } from '../ui/button'
import { cx } from '../ui/class-names'
import { ErrorNote } from '../ui/notes'
import { formatCount } from '../ui/numbers'
import { Skeleton } from '../ui/skeleton'
import { hasTerm, rangeOf, rangeTerm, replaceTerm, toggleTerm } from './terms'

type Props = { dataset: string; filter: string; onFilter: (filter: string) => void; sort: Sort; onSort: (sort: Sort) => void }
const TITLE: Record<string, string> = { flag: 'Flags', standing: 'Standing', kind: 'Kind', origin: 'Origin', model: 'Model', recipe: 'Recipe' }
const BINS: { field: 'words' | 'alignment' | 'ratio' | 'width'; title: string; unit: string; kind?: string }[] = [
  { field: 'alignment', title: 'Alignment of the alt text', unit: 'points', kind: 'alt' },
  { field: 'words', title: 'Words of the alt text', unit: 'words', kind: 'alt' },
  { field: 'ratio', title: 'Width : height', unit: 'ratio' },
  { field: 'width', title: 'Width', unit: 'pixels' },
]

function Values({ field, values, filter, onFilter }: Props & { field: string; values: readonly FacetValue[] }) {
  const most = Math.max(1, ...values.map((value) => value.count))
  return (
    <ul className="flex flex-col">
      {values.map(({ value, count }) => {
        const wanted = term(field, value)
        const on = hasTerm(filter, wanted)
        return (
          <li key={value}>
            <button type="button" aria-pressed={on} onClick={() => onFilter(field === 'flag' ? toggleTerm(filter, wanted) : replaceTerm(filter, wanted))} className={cx('relative flex min-h-7 w-full items-center gap-2 rounded-small px-2 text-left hover:bg-hover', on && 'font-semibold text-accent')}>
              <svg aria-hidden viewBox="0 0 100 1" preserveAspectRatio="none" className="absolute inset-x-0 bottom-0 h-0.5 w-full"><rect height="1" width={(100 * count) / most} className={on ? 'fill-accent' : 'fill-line-strong opacity-50'} /></svg>
              <bdi className="min-w-0 flex-1 truncate">{value}</bdi>
              <span className="text-soft tabular-nums">{formatCount(count)}</span>
            </button>
          </li>
        )
      })}
    </ul>
  )
}

const Section = ({ title, children }: { title: string; children: React.ReactNode }) => (
  <section className="border-b border-line px-3 py-3">
    <h2 className="mb-1 px-2 font-semibold">{title}</h2>
    {children}
  </section>
)

function Bins({ filter, onFilter, bins, spec }: Props & { bins: readonly FacetBin[]; spec: (typeof BINS)[number] }) {
  const pick = (from: number, to: number | null) => {
    const range = spec.field === 'alignment' && from <= -1000 ? (to === null ? '' : `${spec.field}:<${to}`) : rangeTerm(spec.field, from, to)
    onFilter(replaceTerm(filter, spec.kind ? `kind:${spec.kind} ${range}` : range))
  }
  return <div className="px-2"><Histogram label={spec.title} unit={spec.unit} bins={bins} range={rangeOf(filter, spec.field)} onRange={pick} /></div>
}

/** The two ways to order by alignment, where alignment is known. */
const BySuspicion = ({ sort, onSort }: Pick<Props, 'sort' | 'onSort'>) => (
  <div className="mt-2 flex flex-wrap gap-1 px-2">
    {([['suspicious', 'Most suspicious first'], ['aligned', 'Best aligned first']] as const).map(([way, label]) => (
      <button key={way} type="button" aria-pressed={sort === way} onClick={() => onSort(sort === way ? 'imported' : way)} className={cx('min-h-6 rounded-small px-2 hover:bg-hover', sort === way ? 'bg-accent-tint font-semibold text-accent' : 'text-soft')}>{label}</button>
    ))}
  </div>
)

type Exact = { begin: () => void; going: boolean; error: Error | null }

function Loaded({ answer, exact, ...props }: Props & { answer: Answer; exact: Exact }) {
  const fields = [...Object.keys(TITLE), ...Object.keys(answer.values).filter((name) => name.startsWith('meta.'))]
  const valuesOf = (field: string) => (answer.values as Partial<Record<string, FacetValue[]>>)[field] ?? []
  return (
    <>
      {answer.total.capped && (
        <div className="border-b border-line px-5 py-2 text-faint">
          <p className="flex flex-wrap items-center gap-2">
            <span className="flex-1">Counted over the first {formatCount(answer.total.count)}</span>
            {exact.going ? 'Counting all' : !exact.error && <Button size="small" look="quiet" onClick={exact.begin}>Count all</Button>}
          </p>
          {exact.error && !exact.going && <ErrorNote error={exact.error} retry={exact.begin} className="mt-1" />}
        </div>
      )}
      {fields.filter((field) => valuesOf(field).length > 0 || field === 'flag').map((field) => (
        <Section key={field} title={TITLE[field] ?? field.slice(5)}>
          {valuesOf(field).length > 0 ? <Values {...props} field={field} values={valuesOf(field)} /> : <p className="px-2 text-faint">No flags are open here.</p>}
        </Section>
      ))}
      {BINS.filter((spec) => answer.bins[spec.field]?.some((bin) => bin.count > 0)).map((spec) => (
        <Section key={spec.field} title={spec.title}><Bins {...props} bins={answer.bins[spec.field]} spec={spec} />{spec.field === 'alignment' && <BySuspicion {...props} />}</Section>
      ))}
    </>
  )
}

/** What is in the samples that match, in counts; each is a link to its samples. */
export function Facets(props: Props) {
  const client = useQueryClient()
  const { data: first, error } = useFacets(props.dataset, props.filter)
  const [exactOf, setExactOf] = useState<string | null>(null)
  const exact = exactOf === props.filter
  const all = useFacets(props.dataset, props.filter, exact, true)
  const begin = () => {
    setExactOf(props.filter)
    if (all.isError) void all.refetch()
  }
  const data = exact && all.data && !all.isPlaceholderData ? all.data : first
  if (error) return <div className="p-3"><ErrorNote error={error} retry={() => void client.invalidateQueries({ queryKey: ['facets', props.dataset] })} /></div>
  if (data) return <Loaded {...props} answer={data} exact={{ begin, going: exact && all.isFetching, error: exact ? all.error : null }} />
  return <div className="flex flex-col gap-3 p-4">{Array.from({ length: 14 }, (_, i) => <Skeleton key={i} className="h-5" />)}</div>
}
