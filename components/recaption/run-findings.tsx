'use client'

import Link from 'next/link'
import { REJECT_REASONS } from '@/lib/review/schema'
import { term } from '@/lib/sample/filter'
import { datasetUrl } from '../frame/places'
import { FlagBadge } from '../ui/badge'
import { Button } from '../ui/button'
import { ErrorNote } from '../ui/notes'
import { counted, formatCount } from '../ui/numbers'
import { Panel } from '../ui/panel'
import { useRunAct, type RunView } from './queries'
import { causeWords } from './words'

type Props = { dataset: string; run: RunView }

/** What went wrong, which guards spoke up, and what a targeted run changed. */
export function RunFindings({ dataset, run }: Props) {
  return (
    <>
      <Causes dataset={dataset} run={run} />
      <Panel title="Guards">
        {run.guards.length === 0 ? <p className="text-soft">No guard spoke up about its captions.</p> : (
          <ul className="flex flex-col gap-1">
            {run.guards.map(({ rule, count }) => (
              <li key={rule}>
                <Link href={datasetUrl(dataset, '', { filter: `run:${run.id} ${term('flag', rule)}` })} className="flex items-center justify-between gap-3 hover:underline"><FlagBadge rule={rule} /><span className="tabular-nums">{counted(count, 'caption')}</span></Link>
              </li>
            ))}
          </ul>
        )}
      </Panel>
      {run.reasons.length > 0 && <Reasons run={run} />}
    </>
  )
}

/** A run that was cancelled or rolled back is over: what failed in it is for another run. */
export const mayRetry = ({ rolledBack, status }: Pick<RunView, 'rolledBack' | 'status'>): boolean => !rolledBack && status !== 'cancelled'

function Causes({ dataset, run }: Props) {
  const act = useRunAct(run.id, dataset)
  const causes = run.progress.errorsByCause
  if (causes.length === 0) return null
  return (
    <Panel title="What went wrong" aside={causes.length > 1 && <Button size="small" disabled={!mayRetry(run)} busy={act.isPending} onClick={() => act.mutate({ act: 'retry' })}>Retry all {formatCount(run.progress.failed)}</Button>}>
      <ul className="flex flex-col gap-3">
        {causes.map(({ code, count, example }) => (
          <li key={code} className="flex items-start gap-3">
            <div className="min-w-0 flex-1">
              <p><strong className="font-medium">{causeWords(code)}</strong> <span className="text-rejected tabular-nums">{counted(count, 'sample')}</span></p>
              <p className="line-clamp-4 [overflow-wrap:anywhere] text-soft" title={example}>{example}</p>
            </div>
            <Button size="small" disabled={!mayRetry(run)} busy={act.isPending} aria-label={`Retry these: ${causeWords(code)}`} onClick={() => act.mutate({ act: 'retry', body: { cause: code } })}>Retry these</Button>
          </li>
        ))}
      </ul>
      {act.error && <ErrorNote error={act.error} className="mt-2" />}
    </Panel>
  )
}

const labelOf = (id: string) => REJECT_REASONS.find((reason) => reason.id === id)?.label ?? id

function Reasons({ run }: { run: RunView }) {
  return (
    <Panel title="Before and after, by reason">
      <table className="w-full">
        <thead><tr className="text-left text-faint"><th className="font-normal">Rejected for</th><th className="text-right font-normal">before</th><th className="text-right font-normal">again</th><th className="text-right font-normal">undecided</th></tr></thead>
        <tbody>
          {run.reasons.map(({ reason, before, after, undecided }) => (
            <tr key={reason} className="border-t border-line">
              <td className="py-1">{labelOf(reason)}</td>
              <td className="text-right">{formatCount(before)}</td>
              <td className="text-right">{formatCount(after)}</td>
              <td className="text-right">{formatCount(undecided)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="measure mt-2 text-faint">Samples that had a caption rejected for the reason before the run; how many of its own were rejected for it again; how many nobody has decided on yet.</p>
    </Panel>
  )
}
