'use client'

import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs'
import type { LostSummary } from '@/lib/metric/store'
import { cx } from '../ui/class-names'
import { counted, formatCount, formatShare } from '../ui/numbers'
import { Panel } from '../ui/panel'
import { LostDesk } from './lost-desk'

const SORTS = ['name', 'place', 'number', 'quoted'] as const
const WORD: Record<(typeof SORTS)[number], [one: string, many: string]> = { name: ['name', 'Names and brands'], place: ['place', 'Places'], number: ['number', 'Numbers'], quoted: ['quoted text', 'Quoted text'] }

/** What the alt texts say and no head says: a model trained on the heads alone forgets it. */
export function LostPanel({ dataset, lost }: { dataset: string; lost: LostSummary }) {
  const [{ sort, lost: chosen }, setState] = useQueryStates({ sort: parseAsStringLiteral(SORTS), lost: parseAsString })
  const list = lost.top.filter((one) => sort === null || one.sort === sort)
  return (
    <Panel title="What is lost" aside={<span className="text-faint">{counted(lost.losing, 'sample')} of {formatCount(lost.samples)} with both, {formatShare(lost.losing, lost.samples)}</span>}>
      {lost.samples === 0 && <p className="text-faint">No sample has an alt text and another caption yet.</p>}
      {lost.samples > 0 && lost.losing === 0 && <p className="text-soft">Every name, place, number and quoted text of the originals is said by a head.</p>}
      {lost.losing > 0 && (
        <div className="flex flex-col gap-3">
          <p className="measure text-soft">Names, places, numbers and quoted text of the original that no head says. A name is known by its capitals, so that titles in capitals yield few.</p>
          <div role="group" aria-label="Sorts" className="flex flex-wrap gap-1">
            {SORTS.filter((one) => lost.bySort[one]).map((one) => (
              <button key={one} type="button" aria-pressed={sort === one} onClick={() => void setState({ sort: sort === one ? null : one })} className={cx('h-7 rounded-medium border px-2 tabular-nums', sort === one ? 'border-accent bg-accent-tint text-accent' : 'border-line text-soft hover:bg-hover')}>{WORD[one][1]} {formatCount(lost.bySort[one])}</button>
            ))}
          </div>
          <div className="grid gap-4 lg:grid-cols-[280px_minmax(0,1fr)]">
            <ul aria-label="What is lost most" className="max-h-[32rem] overflow-y-auto lg:border-r lg:border-line lg:pr-3 max-lg:max-h-56">
              {list.map((one) => (
                <li key={`${one.sort} ${one.text}`}>
                  <button type="button" aria-pressed={chosen === one.text} onClick={() => void setState({ lost: chosen === one.text ? null : one.text }, { history: 'push' })} className={cx('flex min-h-7 w-full items-baseline gap-2 rounded-small px-2 text-left hover:bg-hover', chosen === one.text && 'bg-accent-tint font-medium text-accent')}>
                    <bdi className="min-w-0 flex-1 truncate">{one.text}</bdi>
                    <span className="text-faint">{WORD[SORTS.find((known) => known === one.sort) ?? 'name'][0]}</span>
                    <span className="text-soft tabular-nums">{formatCount(one.samples)}</span>
                  </button>
                </li>
              ))}
            </ul>
            {chosen === null ? <p className="text-faint">Choose one to see its samples and to merge it into an edit.</p> : <LostDesk key={chosen} dataset={dataset} text={chosen} />}
          </div>
        </div>
      )}
    </Panel>
  )
}
