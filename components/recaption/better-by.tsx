'use client'

import { Select } from '../ui/input'
import { useMetrics } from './queries'

const ALIGNMENT = { id: 'alignment', label: 'Agreement with the picture' }

/** Keep if better: the metrics that decide whether a new caption speaks for its sample. */
export function BetterBy({ chosen, onChange }: { chosen: readonly string[]; onChange: (chosen: string[]) => void }) {
  const { data } = useMetrics()
  const metrics = [ALIGNMENT, ...(data ?? []).filter((metric) => metric.per === 'caption')]
  const set = (id: string, value: string) => onChange([...chosen.filter((one) => one.replace(/:lower$/, '') !== id), ...(value === 'higher' ? [id] : value === 'lower' ? [`${id}:lower`] : [])])
  return (
    <details open={chosen.length > 0 || undefined}>
      <summary className="text-soft">Keep only if better{chosen.length > 0 && `: ${chosen.map((one) => one.replace(':lower', ' lower')).join(', ')}`}</summary>
      <p className="measure mt-2 text-faint">The new caption speaks for its sample only where it is better than the old one by one of these and worse by none. The loser is kept and stays out of play.</p>
      <div className="mt-2 grid gap-2 sm:grid-cols-2">
        {metrics.map(({ id, label }) => (
          <label key={id} className="flex items-center justify-between gap-2">
            <span className="min-w-0 truncate">{label}</span>
            <Select value={chosen.includes(id) ? 'higher' : chosen.includes(`${id}:lower`) ? 'lower' : ''} onChange={(event) => set(id, event.target.value)} options={[{ value: '', label: 'does not count' }, { value: 'higher', label: 'higher is better' }, { value: 'lower', label: 'lower is better' }]} />
          </label>
        ))}
      </div>
    </details>
  )
}
