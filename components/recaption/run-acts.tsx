'use client'

import { useState } from 'react'
import { useActs } from '../frame/keys'
import { datasetUrl } from '../frame/places'
import { Button, LinkButton } from '../ui/button'
import { Input } from '../ui/input'
import { ErrorNote } from '../ui/notes'
import { counted } from '../ui/numbers'
import { toast } from '../ui/toast'
import { actor } from './actor'
import { mayRetry } from './run-findings'
import { useRunAct, type RunView } from './queries'
import { isOver } from './words'

/** Pause, resume, cancel, roll back and its undo; and the way to the desk. */
export function RunActs({ dataset, run }: { dataset: string; run: RunView }) {
  const act = useRunAct(run.id, dataset)
  const [raised, setRaised] = useState('')
  const over = isOver(run.status)
  const going = run.status === 'running' || run.status === 'pending'
  const budget = Number(raised.replace(',', '.'))
  const resume = () => act.mutate({ act: 'resume', body: budget > 0 ? { budget } : {} })
  const rollBack = (undo: boolean) =>
    act.mutate({ act: 'rollback', body: { reviewer: actor(), undo } }, { onSuccess: (answer) => toast(`${counted((answer as { captions: number }).captions, 'caption')} ${undo ? 'back in play' : 'taken out of play'}`) })
  useActs([
    ...(going ? [{ label: 'Pause the run', keys: 'p', group: 'Run', run: () => act.mutate({ act: 'pause' }) }] : []),
    ...(run.status === 'paused' ? [{ label: 'Resume the run', keys: 'p', group: 'Run', run: resume }] : []),
    ...(run.progress.failed > 0 && mayRetry(run) ? [{ label: 'Retry what failed', group: 'Run', run: () => act.mutate({ act: 'retry' }) }] : []),
  ])
  return (
    <>
      <span className="flex flex-wrap items-center gap-2">
        {going && <Button busy={act.isPending} onClick={() => act.mutate({ act: 'pause' })}>Pause</Button>}
        {run.status === 'paused' && (
          <>
            {run.budget !== null && <Input aria-label="New budget, $" inputMode="decimal" placeholder={`budget, now $${run.budget}`} value={raised} onChange={(event) => setRaised(event.target.value)} className="max-w-36" />}
            <Button look="primary" busy={act.isPending} onClick={resume}>Resume</Button>
          </>
        )}
        {!over && <Button busy={act.isPending} onClick={() => act.mutate({ act: 'cancel' })}>Cancel</Button>}
        {!going && !run.rolledBack && run.progress.done > 0 && <Button look="danger" busy={act.isPending} onClick={() => rollBack(false)}>Roll back</Button>}
        {run.rolledBack && <Button busy={act.isPending} onClick={() => rollBack(true)}>Undo roll-back</Button>}
        {run.progress.done > 0 && !run.rolledBack && <LinkButton look={over ? 'primary' : 'plain'} href={datasetUrl(dataset, '/review', { filter: `run:${run.id}` })}>Review its captions</LinkButton>}
      </span>
      {act.error && <ErrorNote error={act.error} className="w-full" />}
    </>
  )
}
