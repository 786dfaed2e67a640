import Link from 'next/link'
import type { Scorecard } from '@/lib/metric/scorecard'
import { REJECT_REASONS } from '@/lib/review/schema'
import { term } from '@/lib/sample/filter'
import { DataTable } from '../chart/data-table'
import { datasetUrl } from '../frame/places'
import { formatCount, formatPercent } from '../ui/numbers'
import { Panel } from '../ui/panel'

const most = (counts: Readonly<Record<string, number>>, name: (id: string) => string) =>
  Object.entries(counts).sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).map(([id, count]) => `${name(id)} ${formatCount(count)}`).join(', ') || '–'
const reason = (id: string) => REJECT_REASONS.find((one) => one.id === id)?.label.toLowerCase() ?? id
const money = (value: number) => `$${value < 0.01 ? value.toPrecision(2) : value.toFixed(2)}`

/** How each recipe version fared with the people who looked. */
export function Scorecards({ dataset, cards }: { dataset: string; cards: readonly Scorecard[] }) {
  return (
    <Panel title="Recipe scorecard" aside={<span className="text-faint">decided one by one, 95 % Wilson interval</span>}>
      {cards.length === 0 ? <p className="text-faint">No recipe has written captions here yet.</p> : (
        <DataTable
          className="max-h-none"
          caption="Recipe versions with what people decided about their captions"
          head={['Recipe and model', 'Captions', 'Decided', 'Approved', 'Edited', 'Rejected', 'Reject reasons', 'Edit distance', 'Guards tripped', 'Cost per approved']}
          rows={cards.map((card) => [
            <Link key="r" className="link" href={datasetUrl(dataset, '', { filter: [term('recipe', card.recipe), card.model && term('model', card.model)].filter(Boolean).join(' ') })}>{card.recipe} <span className="text-faint">{card.model}</span></Link>,
            formatCount(card.captions),
            formatCount(card.decided),
            <Rate key="a" card={card} />,
            formatCount(card.edited),
            formatCount(card.rejected),
            most(card.reasons, reason),
            card.editDistance.median === null ? '–' : `median ${formatCount(card.editDistance.median)}, mean ${formatCount(card.editDistance.mean ?? 0)} characters, n = ${formatCount(card.editDistance.edits)}`,
            most(card.guards, (id) => id),
            card.costPerApproved === null ? (card.cost > 0 ? `${money(card.cost)}, none approved` : 'free') : money(card.costPerApproved),
          ])}
        />
      )}
    </Panel>
  )
}

function Rate({ card: { approval, decided } }: { card: Scorecard }) {
  if (approval.rate === null) return <span className="text-faint">none decided</span>
  const [low, high] = approval.interval
  return (
    <span className="inline-flex flex-col items-end">
      <span className="whitespace-nowrap">{formatPercent(100 * approval.rate)} <span className="text-faint">{formatPercent(100 * low)} to {formatPercent(100 * high)}, n = {formatCount(decided)}</span></span>
      <svg aria-hidden viewBox="0 0 100 6" preserveAspectRatio="none" className="h-1.5 w-28">
        <rect width="100" height="6" className="fill-hover" />
        <rect x={100 * low} width={Math.max(1, 100 * (high - low))} height="6" className="fill-line-strong" />
        <rect x={Math.min(98.5, 100 * approval.rate)} width="1.5" height="6" className="fill-approved" />
      </svg>
    </span>
  )
}
