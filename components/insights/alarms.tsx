import { TriangleAlert, Info, Check } from 'lucide-react'
import Link from 'next/link'
import { datasetUrl } from '../frame/places'
import type { Insight } from './queries'
import { scopeName } from './scope-name'

/** What a model would learn besides the pictures, in sentences that lead to their samples. A part that says no more than its whole stays silent. */
export function Alarms({ dataset, kinds }: { dataset: string; kinds: readonly Insight[] }) {
  const raised = kinds.flatMap((one) => one.alarms.map((alarm) => ({ one, alarm })))
  const whole = new Set(raised.filter(({ one }) => one.scope.origin === undefined).map(({ one, alarm }) => `${one.scope.kind} ${alarm.id}`))
  const shown = raised.filter(({ one, alarm }) => one.scope.origin === undefined || !whole.has(`${one.scope.kind} ${alarm.id}`)).sort((a, b) => Number(b.alarm.severity === 'high') - Number(a.alarm.severity === 'high'))
  if (shown.length === 0) return <p className="flex items-center gap-2 border-b border-line px-4 py-3 text-soft"><Check size={16} aria-hidden className="text-approved" />No habit stands out against the originals.</p>
  return (
    <section aria-label="Alarms" className="border-b border-line px-4 py-3">
      <h2 className="sr-only">Alarms</h2>
      <ul className="flex flex-col">
        {shown.map(({ one, alarm }) => {
          const high = alarm.severity === 'high'
          const name = scopeName(one)
          return (
            <li key={`${one.id} ${alarm.id}`} className="flex items-baseline gap-2 py-1">
              {high ? <TriangleAlert size={14} aria-label="High" className="shrink-0 translate-y-0.5 text-rejected" /> : <Info size={14} aria-label="Medium" className="shrink-0 translate-y-0.5 text-flag" />}
              <p className="min-w-0 [overflow-wrap:anywhere]">
                <strong className="font-semibold"><bdi>{name.kind}</bdi></strong>{one.scope.origin !== undefined && <span className="text-soft"> ({name.by})</span>}: {alarm.sentence}{' '}
                <Link className="link underline whitespace-nowrap" href={datasetUrl(dataset, '', { filter: alarm.filter })}>See these samples</Link>
              </p>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
