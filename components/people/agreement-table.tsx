'use client'

import type { Agreement } from '@/lib/review/agreement'
import { REJECT_REASONS } from '@/lib/review/schema'
import { ErrorNote } from '../ui/notes'
import { formatCount, formatPercent } from '../ui/numbers'
import { Panel } from '../ui/panel'
import { Skeleton } from '../ui/skeleton'
import { useAgreement } from './queries'

const COLUMNS = [['κ', 'Cohen’s kappa: agreement beyond chance, over all pairs'], ['AC1', 'Gwet’s AC1: steadier than kappa where nearly all is good'], ['α', 'Krippendorff’s alpha: for any number of people']] as const
const figure = (value: number | null) => (value === null ? '–' : value.toFixed(2))
const reasonLabel = (id: string) => REJECT_REASONS.find((reason) => reason.id === id)?.label ?? id

/** How far people agree, a kind and a reason at a time. */
export function AgreementTable({ dataset }: { dataset: string }) {
  const { data, error, refetch } = useAgreement(dataset)
  const rows: (readonly [name: string, agreement: Agreement])[] = data ? [...data.kinds.map((one) => [`${one.kind}: good or bad`, one] as const), ...data.reasons.map((one) => [`Reason: ${reasonLabel(one.reason)}`, one] as const)] : []
  return (
    <Panel title="Agreement" className="border-b-0">
      {error && <ErrorNote error={error} retry={() => void refetch()} />}
      {!data && !error && <Skeleton className="h-24" />}
      {data && rows.every(([, one]) => one.items === 0) && <p className="measure text-soft">No caption was judged by everybody asked yet. How far people agree stands here then.</p>}
      {rows.some(([, one]) => one.items > 0) && (
        <div className="overflow-x-auto" tabIndex={0} role="region" aria-label="Agreement">
          <table className="w-full text-left">
            <thead className="text-soft">
              <tr className="border-b border-line">
                <th scope="col" className="py-1 pr-4 font-normal">About</th>
                <th scope="col" className="py-1 pr-4 text-right font-normal">Captions</th>
                <th scope="col" className="py-1 pr-4 text-right font-normal">Agree</th>
                {COLUMNS.map(([name, says]) => <th key={name} scope="col" title={says} className="py-1 pr-4 text-right font-normal last:pr-0"><abbr title={says} className="no-underline">{name}</abbr></th>)}
              </tr>
            </thead>
            <tbody>
              {rows.map(([name, one]) => (
                <tr key={name} className="border-b border-line last:border-0">
                  <th scope="row" className="py-1 pr-4 font-normal">{name}</th>
                  <td className="py-1 pr-4 text-right">{formatCount(one.items)}</td>
                  <td className="py-1 pr-4 text-right">{one.agreement === null ? '–' : formatPercent(one.agreement * 100)}</td>
                  {[one.kappa, one.ac1, one.alpha].map((value, i) => <td key={i} className="py-1 pr-4 text-right last:pr-0">{figure(value)}</td>)}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Panel>
  )
}
