'use client'

import { useMutation, useQueryClient, type UseQueryResult } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { sameRequest } from '@/lib/recaption/same-request'
import { datasetPath, post } from '../api'
import { useActs } from '../frame/keys'
import { datasetUrl } from '../frame/places'
import { Button } from '../ui/button'
import { ErrorNote } from '../ui/notes'
import { formatCount } from '../ui/numbers'
import { Panel } from '../ui/panel'
import { PlanFigures } from './plan-figures'
import { PlanSamples } from './plan-samples'
import { usePlan, type Asked, type Counted } from './queries'
import type { Fields } from './request'
import type { Change } from './use-request'
import { useWhyWrong } from './wrong-fields'

type Props = { dataset: string; state: Fields; change: Change; asked: Asked; counted: UseQueryResult<Counted>; /** why it has to wait, or '' */ held: string }

/** Third: what it would do. A run starts only from the plan of this very request. */
export function PlanStep({ dataset, state, change, asked, counted, held }: Props) {
  const router = useRouter()
  const client = useQueryClient()
  const { data: view, error } = usePlan(state.plan)
  const make = useMutation({ mutationFn: () => post<{ plan: number }>(`${datasetPath(dataset)}/plans`, asked), onSuccess: ({ plan }) => change({ plan }) })
  const start = useMutation({
    mutationFn: () => post<{ run: number }>(`${datasetPath(dataset)}/runs`, { ...asked, plan: state.plan }),
    onSuccess: ({ run }) => {
      void client.invalidateQueries({ queryKey: ['runs', dataset] })
      void client.invalidateQueries({ queryKey: ['activity', dataset] })
      router.push(datasetUrl(dataset, `/recaption/runs/${run}`))
    },
  })
  const fresh = view !== undefined && sameRequest(view.request, { ...asked, dataset })
  const waiting = state.plan !== null && !view && !error
  const busy = make.isPending || waiting || (fresh && (view.status === 'pending' || view.status === 'running'))
  const wrong = useWhyWrong()
  const waits = held || wrong
  const ready = !waits && fresh && view.status === 'done' && (view.plan?.work ?? 0) > 0
  const why = waits || whyNot({ view: Boolean(view), fresh, busy, ready, work: view?.plan?.work ?? 0 })
  useActs([
    { label: 'Make a plan', keys: 'p', group: 'Recaption', run: () => !busy && !waits && make.mutate() },
    { label: 'Start the run', group: 'Recaption', run: () => ready && !start.isPending && start.mutate() },
  ])
  return (
    <Panel
      title="3 · Plan"
      aside={
        <span className="flex flex-wrap gap-2">
          <Button look={ready ? 'plain' : 'primary'} busy={busy} disabled={!counted.data || counted.isError || Boolean(waits)} onClick={() => make.mutate()}>Make a plan</Button>
          <Button look={ready ? 'primary' : 'plain'} disabled={!ready} busy={start.isPending} aria-describedby="start-why" onClick={() => start.mutate()}>Start</Button>
        </span>
      }
    >
      <div className="flex flex-col gap-3">
        <p id="start-why" role="status" className="measure text-soft">{why}{!held && fresh && view.plan?.resumes ? ` The same request was begun as run ${view.plan.resumes}: starting goes on with it.` : ''}</p>
        {[error, make.error, start.error].map((one, i) => one && <ErrorNote key={i} error={one} />)}
        {view?.status === 'failed' && <ErrorNote error={new Error(view.why)} retry={held ? undefined : () => make.mutate()} />}
        {view?.plan && (
          <div className={fresh ? undefined : 'opacity-50'}>
            <PlanFigures plan={view.plan} budget={view.request.budget} />
            <PlanSamples dataset={dataset} plan={view.plan} going={busy} />
          </div>
        )}
      </div>
    </Panel>
  )
}

function whyNot({ view, fresh, busy, ready, work }: { view: boolean; fresh: boolean; busy: boolean; ready: boolean; work: number }): string {
  if (busy) return 'Trying it on a few samples at random. A worker does this; without one, start “recaption worker”.'
  if (!view) return 'A plan tries 20 samples at random, shows their captions, and says what the whole would take. Nothing is written to the dataset.'
  if (!fresh) return 'The request has changed since this plan was made. Make a plan of it as it is now.'
  if (ready) return `Starting writes ${formatCount(work)} captions. Nothing a person wrote is touched, and a run can be rolled back.`
  return work === 0 ? 'There is nothing to write: every sample of this selection stays as it is.' : 'The plan could not be made.'
}
