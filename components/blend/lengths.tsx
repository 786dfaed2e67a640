'use client'

import { useMemo, useState } from 'react'
import type { Group, Preview } from '@/lib/blend/preview'
import { axisOf, bars } from '../chart/bins'
import { DataTable } from '../chart/data-table'
import { ShareChart } from '../chart/share-chart'
import { Button } from '../ui/button'
import { formatPercent } from '../ui/numbers'

const MOST_BARS = 40

/** How long the captions of this blend are, over the originals. */
export function Lengths({ groups, seen }: { groups: readonly Group[]; seen: Preview }) {
  const [table, setTable] = useState(false)
  // one axis wherever p stands: that of all captions there are
  const axis = useMemo(() => axisOf([...groups.flatMap((group) => Object.values(group.lengths))].map((counts) => ({ counts })), MOST_BARS), [groups])
  const rows = bars([{ id: 'originals', label: 'Originals', counts: seen.originals }, { id: 'blend', label: 'This blend', counts: seen.lengths }], axis)
  return (
    <section aria-label="Lengths" className="flex flex-col gap-1">
      <header className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <h2 className="flex-1 font-semibold max-sm:basis-full">Length of the captions <span className="font-normal text-faint">share of captions</span></h2>
        <Key tone="bg-accent">this blend</Key>
        <Key tone="bg-line-strong opacity-60">originals</Key>
        <Button size="small" look="quiet" aria-pressed={table} onClick={() => setTable(!table)}>{table ? 'Show as chart' : 'Show as table'}</Button>
      </header>
      {table ? (
        <DataTable caption="Share of captions by length in words" head={['Words', 'This blend', 'Originals']} rows={rows.map((row) => [row.label, formatPercent(Number(row.blend)), formatPercent(Number(row.originals))])} />
      ) : (
        <ShareChart label="Length of the captions in words: this blend over the originals" unit="words" step={axis.step} rows={rows} height={220} series={[{ id: 'originals', label: 'Originals', draw: 'area' }, { id: 'blend', label: 'This blend', draw: 'bars' }]} />
      )}
    </section>
  )
}

export const Key = ({ tone, children }: { tone: string; children: string }) => (
  <span className="flex items-center gap-1.5 text-soft"><span aria-hidden className={`size-2.5 rounded-small ${tone}`} />{children}</span>
)
