'use client'

import Link from 'next/link'
import { useState } from 'react'
import { useActs } from '../frame/keys'
import { datasetUrl } from '../frame/places'
import { useAskedName } from '../people/asked-name'
import { ReviewNav } from '../people/review-nav'
import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'
import { EmptyState, ErrorNote } from '../ui/notes'
import { formatCount, formatPercent } from '../ui/numbers'
import { Progress } from '../ui/progress'
import { Skeleton } from '../ui/skeleton'
import { BlindDesk } from './blind-desk'
import { PlanOutcome } from './plan-outcome'
import { useEndPlan, useLook, useNextLook, usePlan, type PlanAnswer } from './queries'

/** One batch: the looks at its random sample, then what came out. */
export function PlanScreen({ dataset, id }: { dataset: string; id: number }) {
  const { data: plan, error, refetch } = usePlan(id)
  return (
    <div className="flex h-full min-h-0 flex-col">
      <h1 className="sr-only">Batch {id} of {dataset}</h1>
      <ReviewNav dataset={dataset} here="certify" />
      {error ? <div className="p-4"><ErrorNote error={error} retry={() => void refetch()} /></div>
        : !plan ? <div className="p-4"><Skeleton className="h-64" /></div>
        : plan.status === 'open' || plan.status === 'making' ? <Looks dataset={dataset} plan={plan} />
        : <PlanOutcome dataset={dataset} plan={plan} />}
    </div>
  )
}

function Looks({ dataset, plan }: { dataset: string; plan: PlanAnswer }) {
  const { data, error, refetch, isPlaceholderData } = useNextLook(plan.id, plan.status === 'open')
  const { withName, dialog } = useAskedName()
  const look = useLook(plan.id)
  const end = useEndPlan(plan.id)
  const [leaving, setLeaving] = useState(false)
  const close = () => withName((reviewer) => end.mutate({ way: 'close', reviewer }))
  const giveUp = () => withName((reviewer) => end.mutate({ way: 'abandon', reviewer }, { onSuccess: () => setLeaving(false) }))
  const decide = (position: number, decision: 'approve' | 'reject', reasons: readonly string[]) => withName((reviewer) => look.mutate({ position, decision, reasons, reviewer }))
  const over = data?.next === null
  useActs(over ? [{ label: 'See the result', keys: 'Enter', group: 'Batch', run: close }] : [])
  return (
    <>
      <div className="flex min-h-10 shrink-0 flex-wrap items-center gap-x-4 gap-y-1 border-b border-line px-4 py-1 tabular-nums">
        <Link href={datasetUrl(dataset, '/certify')} className="link">Batches</Link>
        <Progress value={data?.looked ?? plan.looked} total={plan.size} label="Looked at" className="w-28 max-sm:w-14" />
        <span>{formatCount(Math.min(plan.size, (data?.looked ?? plan.looked) + (over ? 0 : 1)))} of at most {formatCount(plan.size)}</span>
        <span className="flex-1 text-soft max-sm:hidden">at most {formatPercent(plan.limit * 100)} bad of {formatCount(plan.lot)}, {formatPercent((1 - plan.risk) * 100)} confidence, certified with at most {plan.allowed} bad</span>
        <Button size="small" look="quiet" onClick={() => setLeaving(true)}>Give up</Button>
      </div>
      {(error ?? look.error ?? end.error) && <div className="p-4"><ErrorNote error={error ?? look.error ?? end.error} retry={() => void refetch()} /></div>}
      <div className="min-h-0 flex-1 overflow-y-auto">
        {!data ? <div className="p-4"><Skeleton className="h-64" /></div>
          : data.next ? <BlindDesk key={data.next.position} {...data.next} busy={look.isPending || isPlaceholderData} onDecide={(decision, reasons) => data.next && decide(data.next.position, decision, reasons)} />
          : <EmptyState title="The sample has given its answer" action={<Button look="primary" busy={end.isPending} onClick={close}>See the result</Button>}>If the batch passed, all its captions that are still pending are approved in one step. If not, nothing is approved.</EmptyState>}
      </div>
      <Dialog open={leaving} onOpenChange={setLeaving} title="Give this plan up?" description="It then counts as not certified, and the same captions cannot be drawn again." footer={<Button look="danger" busy={end.isPending} onClick={giveUp}>Give it up</Button>}>
        <p className="measure text-soft">You may also leave this page and go on later; what was decided is kept.</p>
      </Dialog>
      {dialog}
    </>
  )
}
