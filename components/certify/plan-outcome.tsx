'use client'

import Link from 'next/link'
import { REJECT_REASONS } from '@/lib/review/schema'
import { datasetUrl } from '../frame/places'
import { LinkButton } from '../ui/button'
import { formatCount, formatPercent } from '../ui/numbers'
import { RelativeTime } from '../ui/relative-time'
import { PlanBadge } from './plan-badge'
import type { PlanAnswer } from './queries'

const percent = (share: number) => formatPercent(share * 100)
const reasonLabel = (id: string) => REJECT_REASONS.find((reason) => reason.id === id)?.label ?? id

/** Certified or not, and how sure one may be. */
export function PlanOutcome({ dataset, plan }: { dataset: string; plan: PlanAnswer }) {
  const { result } = plan
  const passed = plan.status !== 'rejected'
  const reasons = Object.entries(result?.reasons ?? {}).sort((a, b) => b[1] - a[1])
  const scope = { filter: plan.filter }
  return (
    <div className="min-h-0 flex-1 overflow-y-auto px-4 py-6">
      <div className="mx-auto flex max-w-3xl flex-col gap-4">
        <Link href={datasetUrl(dataset, '/certify')} className="link">All batches</Link>
        <h2 className="flex flex-wrap items-center gap-3 text-title font-semibold">Batch {plan.id}: {passed ? 'certified' : 'not certified'} <PlanBadge status={plan.status} /></h2>
        {result && result.looked > 0 && (
          <p className="measure text-caption tabular-nums">
            {formatCount(result.bad)} bad of {formatCount(result.looked)} looked at: {percent(result.bad / result.looked)}, and with 95 % confidence between {percent(result.rate.low)} and {percent(result.rate.high)}.
            {passed ? ` The batch holds at most ${percent(plan.limit)} bad captions with ${percent(1 - plan.risk)} confidence.` : ` The plan allowed ${formatCount(plan.allowed)}.`}
          </p>
        )}
        {reasons.length > 0 && (
          <section>
            <h3 className="mb-1 font-semibold">Why they were bad</h3>
            <ul className="divide-y divide-line border-y border-line">
              {reasons.map(([reason, count]) => (
                <li key={reason} className="flex min-h-8 items-center gap-3 tabular-nums">
                  <span className="flex-1">{reasonLabel(reason)}</span><span>{formatCount(count)}</span>
                  <Link className="link" href={datasetUrl(dataset, '/recaption', { ...scope, rejectedFor: reason })}>Recaption these</Link>
                </li>
              ))}
            </ul>
          </section>
        )}
        <div className="flex flex-wrap gap-2">
          {passed ? <LinkButton look="primary" href={datasetUrl(dataset, '/blend')}>Go on to the blend</LinkButton> : <LinkButton look="primary" href={datasetUrl(dataset, '/review', scope)}>Review the batch</LinkButton>}
          {passed && plan.batchId !== null && <LinkButton href={datasetUrl(dataset, '/bulk')}>See the step, or take it back</LinkButton>}
          {!passed && <LinkButton href={datasetUrl(dataset, '/recaption', scope)}>Recaption the batch</LinkButton>}
        </div>
        <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-soft tabular-nums">
          <dt>Batch</dt><dd className="[overflow-wrap:anywhere]">{formatCount(plan.lot)} {plan.kind} captions{plan.filter && `, where ${plan.filter}`}</dd>
          <dt>Plan</dt><dd>look at {formatCount(plan.size)}, at most {formatCount(plan.allowed)} bad, seed {plan.seed}</dd>
          <dt>Fixed by</dt><dd><bdi>{plan.reviewer}</bdi>, <RelativeTime at={plan.createdAt} /></dd>
          {plan.closedAt && <><dt>Ended</dt><dd><RelativeTime at={plan.closedAt} /></dd></>}
          <dt>Proof</dt><dd className="font-mono text-[12px] [overflow-wrap:anywhere]">{plan.lotHash}</dd>
        </dl>
      </div>
    </div>
  )
}
