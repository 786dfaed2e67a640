'use client'

import { presetOf, presets } from '@/lib/blend/presets'
import { cx } from '../ui/class-names'
import { Tip } from '../ui/tip'

const SHORT: Record<string, string> = { dalle3: '95 · DALL·E 3', sd3: '50 · SD3', metaclip: '15 · MetaCLIP', synthetic: 'all synthetic', original: 'all original' }
const ticks = [...presets].sort((a, b) => a.p - b.p)
const percent = (p: number) => Math.round(p * 1000) / 10

/** One slider for p. The ratios that were published are a step away, each with where it comes from. */
export function ShareSlider({ p, onChange }: { p: number; onChange: (p: number) => void }) {
  const preset = presetOf({ p })
  return (
    <div className="flex flex-col gap-2">
      <div className="flex items-baseline justify-between gap-4">
        <label htmlFor="share" className="font-semibold">Share of synthetic captions</label>
        <output htmlFor="share" className="text-title font-semibold">{percent(p)} %</output>
      </div>
      <div className="relative">
        <input id="share" type="range" min={0} max={100} step={1} value={p * 100} onChange={(event) => onChange(Number(event.target.value) / 100)} aria-label="Share of synthetic captions" aria-valuetext={`${percent(p)} percent synthetic${preset ? `, ${preset.label}` : ''}`} className="relative z-10 m-0 block h-6 w-full accent-[var(--color-accent)]" />
        <svg aria-hidden className="pointer-events-none absolute inset-x-2 -bottom-1 h-1.5 w-[calc(100%-16px)] overflow-visible">
          {ticks.map((one) => <rect key={one.id} x={`${one.p * 100}%`} width="1" height="6" className={one.id === preset?.id ? 'fill-accent' : 'fill-line-strong'} />)}
        </svg>
      </div>
      <div role="group" aria-label="Published ratios" className="flex flex-wrap gap-1">
        {ticks.map((one) => (
          <Tip key={one.id} label={one.source}>
            <button type="button" aria-pressed={one.id === preset?.id} onClick={() => onChange(one.p)} className={cx('h-7 rounded-medium border px-2 tabular-nums', one.id === preset?.id ? 'border-accent bg-accent-tint text-accent' : 'border-line text-soft hover:bg-hover')}>
              {SHORT[one.id] ?? one.label.replace(' %', '')}
            </button>
          </Tip>
        ))}
      </div>
      <p className="min-h-5 text-faint">{preset ? preset.source : 'No published ratio.'}</p>
    </div>
  )
}
