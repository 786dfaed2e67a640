'use client'

import { limits } from '@/lib/caption/limits'
import { Select } from '../ui/input'
import { useTrainer } from './trainer'

const OPTIONS = limits.map((limit) => ({ value: limit.id, label: `${limit.label} · ${limit.usedBy}` }))

/** Whose eyes captions are shown with: the tail that this trainer's text encoder cuts is greyed. */
export function TrainerPicker() {
  const { limit, choose } = useTrainer()
  return (
    <label className="flex min-w-0 items-center gap-2 text-soft">
      <span className="shrink-0">Trainer</span>
      <Select aria-label="Trainer" className="min-w-0 max-w-72" value={limit.id} onChange={(event) => choose(event.target.value)} options={OPTIONS} />
    </label>
  )
}
