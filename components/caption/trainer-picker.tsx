'use client'

import { useQuery } from '@tanstack/react-query'
import { limits } from '@/lib/caption/limits'
import { ask } from '../api'
import { Select } from '../ui/input'
import { useTrainer } from './trainer'

const OPTIONS = limits.map((limit) => ({ value: limit.id, label: `${limit.label} · ${limit.usedBy}` }))
type States = { encoders: { encoder: string; exact: boolean; why: string; place: string }[] }

/** Whose eyes captions are shown with: the tail that this trainer's text encoder cuts is greyed. */
export function TrainerPicker() {
  const { limit, choose } = useTrainer()
  const { data } = useQuery({ queryKey: ['encoders'], queryFn: ({ signal }) => ask<States>('/api/v1/metrics', { signal }) })
  const guessed = data?.encoders.find((one) => one.encoder === limit.counts && !one.exact)
  return (
    <div className="flex min-w-0 flex-col items-end gap-1">
      <label className="flex max-w-full min-w-0 items-center gap-2 text-soft">
        <span className="shrink-0">Trainer</span>
        <Select aria-label="Trainer" className="min-w-0 max-w-72" value={limit.id} onChange={(event) => choose(event.target.value)} options={OPTIONS} />
      </label>
      {guessed && <p className="text-right text-faint">{guessed.why || <>Tokens of {limit.label} are an estimate. Place its tokenizer.json as <code className="[overflow-wrap:anywhere]">{guessed.place}</code> in the data folder to count them.</>}</p>}
    </div>
  )
}
