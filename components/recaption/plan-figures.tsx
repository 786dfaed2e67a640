import type { ReactNode } from 'react'
import type { RunPlan } from '@/lib/recaption/schema'
import { counted, formatCount } from '../ui/numbers'
import { formatDuration, formatInterval, formatMoney, SKIPPED } from './words'

/** A figure under its name; the hint says what it rests on. */
export const Figure = ({ name, children, hint }: { name: string; children: ReactNode; hint?: string }) => (
  <div className="min-w-0 px-3 py-2">
    <dt className="text-faint">{name}</dt>
    <dd className="text-caption font-medium tabular-nums">{children}</dd>
    {hint && <dd className="text-faint">{hint}</dd>}
  </div>
)

/** What the whole would take, as intervals from the few that were tried. */
export function PlanFigures({ plan, budget }: { plan: RunPlan; budget?: number }) {
  const asked = plan.tried.filter((one) => !one.cached && one.ms > 0).length
  const paid = plan.tried.reduce((sum, one) => sum + one.cost, 0)
  const cap = budget !== undefined ? `the run never spends more than ${formatMoney(budget)}` : 'no cap is set'
  const over = budget !== undefined && plan.price !== null && plan.price.high > budget
  return (
    <>
      <dl className="grid grid-cols-2 rounded-medium border border-line sm:grid-cols-4">
        <Figure name="Captions to write" hint={`${plan.kind}, by ${plan.model}`}>{formatCount(plan.work)}</Figure>
        <Figure name="Left as they are">{formatCount(plan.total - plan.work)}</Figure>
        <Figure name="Time" hint={plan.batch ? 'for each batch' : plan.seconds ? `95 % interval from ${counted(asked, 'call')}` : undefined}>{plan.batch ? 'within a day' : plan.seconds ? formatInterval(plan.seconds, formatDuration) : plan.tried.length && asked === 0 ? 'not known: all answers were stored' : '–'}</Figure>
        <Figure name="Price" hint={plan.price ? `${paid > 0 ? `${formatMoney(paid)} of it paid for the dry run; ` : ''}${cap}` : budget !== undefined ? cap : undefined}>{plan.price ? formatInterval(plan.price, formatMoney) : 'no price is known'}</Figure>
      </dl>
      {over && <p className="mt-2 text-flag">The budget may be used up before all is done: the run then pauses and can go on with a higher one.</p>}
      {plan.skipped.length > 0 && (
        <ul aria-label="Left as they are, and why" className="mt-2 text-soft tabular-nums">
          {plan.skipped.map(({ why, count }) => <li key={why}>{formatCount(count)}: {SKIPPED[why]}</li>)}
        </ul>
      )}
    </>
  )
}
