'use client'

import Link from 'next/link'
import type { Comparison } from '@/lib/review/compare'
import { did } from '../bulk/words'
import { datasetUrl } from '../frame/places'
import { useAskedName } from '../people/asked-name'
import { Button, LinkButton } from '../ui/button'
import { ErrorNote } from '../ui/notes'
import { counted, formatCount, formatPercent } from '../ui/numbers'
import { toast } from '../ui/toast'
import { usePromote, type ComparisonAnswer } from './queries'
import { sideWords } from './side'

const percent = (share: number) => formatPercent(share * 100)

/** Who won, by how much, and whether it may be chance. */
export function ComparisonOutcome({ dataset, comparison, result }: { dataset: string; comparison: ComparisonAnswer; result: Comparison }) {
  const { withName, dialog } = useAskedName()
  const promote = usePromote(comparison.id)
  const winner = result.winner && comparison[result.winner]
  const rows: [name: string, count: number, tone: string][] = [[sideWords(comparison.a), result.a, 'fill-accent'], ['neither', result.ties, 'fill-line-strong'], [sideWords(comparison.b), result.b, 'fill-human']]
  return (
    <div className="min-h-0 flex-1 overflow-y-auto px-4 py-6">
      <div className="mx-auto flex max-w-3xl flex-col gap-4">
        <Link href={datasetUrl(dataset, '/compare')} className="link">All comparisons</Link>
        <h2 className="text-title font-semibold [overflow-wrap:anywhere]">{winner ? `${sideWords(winner)} wrote better` : 'No winner: the difference may be chance'}</h2>
        <dl className="grid grid-cols-[minmax(0,auto)_minmax(60px,1fr)_auto] items-center gap-x-4 gap-y-2 tabular-nums">
          {rows.map(([name, count, tone]) => (
            <div key={name} className="contents">
              <dt className="[overflow-wrap:anywhere]">{name}</dt>
              <dd aria-hidden><svg viewBox="0 0 100 8" preserveAspectRatio="none" className="h-2 w-full"><rect width="100" height="8" className="fill-line" /><rect width={(100 * count) / Math.max(1, result.judged)} height="8" className={tone} /></svg></dd>
              <dd>{formatCount(count)}</dd>
            </div>
          ))}
        </dl>
        <p className="measure tabular-nums">
          Of {counted(result.judged, 'pair')}, {sideWords(comparison.a)} was preferred in {percent(result.winRate)}, a tie counting half. Without ties it wins between {percent(result.interval.low)} and {percent(result.interval.high)} with 95 % confidence; sign test p {result.p < 0.001 ? '< 0.001' : `= ${result.p.toFixed(3)}`}.
          {result.leftP < 0.05 && ` Careful: the left side was chosen ${counted(result.leftChosen, 'time')}, more or less often than by chance.`}
        </p>
        {promote.error && <ErrorNote error={promote.error} />}
        <div className="flex flex-wrap items-center gap-2">
          {winner && comparison.batchId === null && <Button look="primary" busy={promote.isPending} onClick={() => withName((reviewer) => promote.mutate(reviewer, { onSuccess: (batch) => toast(did(batch)) }))}>Let the winner speak for all pending samples</Button>}
          {comparison.batchId !== null && <LinkButton href={datasetUrl(dataset, '/bulk')}>See the step, or take it back</LinkButton>}
        </div>
        {winner && comparison.batchId === null && <p className="measure text-soft">Where both captions are pending, the other one is rejected in one step that can be taken back. Nothing is approved by it.</p>}
      </div>
      {dialog}
    </div>
  )
}
