'use client'

import { Area, Bar, CartesianGrid, ComposedChart, Line, ReferenceLine, Tooltip, XAxis, YAxis } from 'recharts'
import { formatPercent } from '../ui/numbers'
import type { Bar as Row } from './bins'

export type Drawn = { id: string; label: string; draw: 'bars' | 'area' | 'line' }
type Props = {
  /** said of the chart as a whole: what, of what */
  label: string
  unit: string
  rows: readonly Row[]
  series: readonly Drawn[]
  height?: number
  /** one scale for charts that stand beside each other, in percent */
  top?: number
  mark?: { at: number; label: string }
  step?: number
}

const AXIS = { stroke: 'var(--color-line-strong)', tick: { fill: 'var(--color-faint)', fontSize: 11 }, tickLine: false } as const
const QUIET = 'var(--color-line-strong)'
const LOUD = 'var(--color-accent)'

/** Shares by length or the like, over one axis with its unit. Arrow keys walk the bars; the tooltip follows. */
export function ShareChart({ label, unit, rows, series, height = 160, top, mark, step = 1 }: Props) {
  const markRow = mark && rows.find((row) => mark.at >= row.from && mark.at < row.from + step)
  return (
    <div role="group" aria-label={label} className="min-w-0">
      <ComposedChart responsive accessibilityLayer data={[...rows]} style={{ width: '100%', height }} margin={{ top: 14, right: 6, bottom: 14, left: 0 }} barCategoryGap={1} title={label}>
        <CartesianGrid vertical={false} stroke="var(--color-line)" />
        <XAxis {...AXIS} dataKey="label" tickFormatter={(text: string) => text.split('–')[0].replace(' and more', '+')} minTickGap={14} interval={rows.length <= 5 ? 0 : 'equidistantPreserveStart'} label={{ value: unit, position: 'insideBottom', offset: -8, fill: 'var(--color-faint)', fontSize: 11 }} />
        <YAxis {...AXIS} axisLine={false} width={42} domain={[0, top ?? 'auto']} ticks={top === undefined ? undefined : [0, top / 2, top]} tickFormatter={(value: number) => `${value} %`} tickCount={4} />
        <Tooltip isAnimationActive={false} cursor={{ fill: 'var(--color-hover)', stroke: 'var(--color-line)' }} content={({ active, payload, label: at }) => (active && payload.length > 0 ? <Tips title={`${String(at)} ${unit}`} rows={payload.map((one) => [series.find((drawn) => drawn.id === one.dataKey)?.label ?? '', Number(one.value)])} /> : null)} />
        {series.map(({ id, draw }) =>
          draw === 'bars' ? <Bar key={id} dataKey={id} fill={LOUD} isAnimationActive={false} />
          : draw === 'area' ? <Area key={id} dataKey={id} type="step" stroke={QUIET} fill={QUIET} fillOpacity={0.22} isAnimationActive={false} activeDot={false} />
          : <Line key={id} dataKey={id} type="monotone" stroke={LOUD} strokeWidth={2} dot={false} isAnimationActive={false} />,
        )}
        {markRow && mark && <ReferenceLine x={markRow.label} stroke="var(--color-rejected)" strokeDasharray="3 3" label={{ value: mark.label, position: 'top', fill: 'var(--color-rejected)', fontSize: 11 }} />}
      </ComposedChart>
    </div>
  )
}

export const Tips = ({ title, rows }: { title: string; rows: readonly (readonly [string, number])[] }) => (
  <div className="rounded-medium border border-line bg-raised px-2 py-1 text-ink shadow-float">
    <p className="font-medium">{title}</p>
    {rows.map(([name, value]) => <p key={name} className="flex justify-between gap-4 text-soft tabular-nums"><span>{name}</span><span>{formatPercent(value)}</span></p>)}
  </div>
)
