'use client'

import Link from 'next/link'
import { parseAsStringLiteral, useQueryState } from 'nuqs'
import type { Opinion, OverlapView } from '@/lib/review/overlap-store'
import { REJECT_REASONS } from '@/lib/review/schema'
import { BlindDesk } from '../certify/blind-desk'
import { datasetUrl } from '../frame/places'
import { StandingBadge } from '../ui/badge'
import { Button, LinkButton } from '../ui/button'
import { EmptyState, ErrorNote } from '../ui/notes'
import { counted } from '../ui/numbers'
import { Progress } from '../ui/progress'
import { Skeleton } from '../ui/skeleton'
import { useAskedName } from './asked-name'
import { useConflicts, useNextItem, useOverlap, useSay } from './queries'
import { ReviewNav } from './review-nav'

/** One shared review: your own looks, and the second look where people differ. */
export function OverlapScreen({ dataset, id }: { dataset: string; id: number }) {
  const { data: overlap, error, refetch } = useOverlap(id)
  const [way, setWay] = useQueryState('do', parseAsStringLiteral(['judge', 'settle']).withDefault('judge'))
  return (
    <div className="flex h-full min-h-0 flex-col">
      <h1 className="sr-only">Shared review {id} of {dataset}</h1>
      <ReviewNav dataset={dataset} here="people" />
      {error ? <div className="p-4"><ErrorNote error={error} retry={() => void refetch()} /></div> : !overlap ? <div className="p-4"><Skeleton className="h-64" /></div> : (
        <>
          <div className="flex min-h-10 shrink-0 flex-wrap items-center gap-x-4 gap-y-1 border-b border-line px-4 py-1 tabular-nums">
            <Link href={datasetUrl(dataset, '/people')} className="link">Shared reviews</Link>
            <Progress value={overlap.items - overlap.open} total={overlap.items} label="Judged by all asked" className="w-28" />
            <span className="text-soft">{counted(overlap.items - overlap.open, 'caption')} of {overlap.items} judged by {overlap.people} people</span>
            <span className="flex-1" />
            {way === 'judge' ? <Button size="small" disabled={overlap.conflict === 0} onClick={() => void setWay('settle')}>Second look: {overlap.conflict}</Button> : <Button size="small" onClick={() => void setWay('judge')}>Back to judging</Button>}
          </div>
          <div className="min-h-0 flex-1 overflow-y-auto">{way === 'judge' ? <Judge dataset={dataset} overlap={overlap} onSettle={() => void setWay('settle')} /> : <Settle dataset={dataset} overlap={overlap} />}</div>
        </>
      )}
    </div>
  )
}

type Judging = { dataset: string; overlap: OverlapView; onSettle: () => void }

/** What is next depends on who asks: without a name everybody would be one and the same. */
function Judge(props: Judging) {
  const { name, ask, dialog } = useAskedName()
  return (
    <>
      {name === null ? <EmptyState title="Who judges here?" action={<Button look="primary" onClick={() => ask()}>Give your name</Button>}>Each caption is judged by several people, each under their own name.</EmptyState> : <JudgeAs {...props} reviewer={name} />}
      {dialog}
    </>
  )
}

function JudgeAs({ dataset, overlap, onSettle, reviewer }: Judging & { reviewer: string }) {
  const { data, error, refetch, isPlaceholderData } = useNextItem(overlap.id, reviewer)
  const say = useSay(overlap.id, 'opinions')
  const failed = error ?? say.error
  const next = data?.next
  return (
    <>
      {failed && <div className="p-4"><ErrorNote error={failed} retry={() => void refetch()} /></div>}
      {!data ? <div className="p-4"><Skeleton className="h-64" /></div>
        : next ? <BlindDesk key={next.item} {...next} busy={say.isPending || isPlaceholderData} onDecide={(decision, reasons) => say.mutate({ item: next.item, decision, reasons, reviewer })} />
        : <EmptyState title={`Nothing is left here for ${reviewer}`} action={<span className="flex flex-wrap gap-2">{overlap.conflict > 0 && <Button look="primary" onClick={onSettle}>Take a second look at {counted(overlap.conflict, 'caption')}</Button>}<LinkButton href={datasetUrl(dataset, '/people')}>See how far people agree</LinkButton></span>}>{overlap.open > 0 ? `${counted(overlap.open, 'caption')} still wait for other people. They open this page and give their own name at the top right.` : 'Everybody asked has judged every caption.'}</EmptyState>}
    </>
  )
}

function Settle({ dataset, overlap }: { dataset: string; overlap: OverlapView }) {
  const { withName, dialog } = useAskedName()
  const { data, error, refetch, isFetching } = useConflicts(overlap.id)
  const say = useSay(overlap.id, 'conflicts')
  const failed = error ?? say.error
  const first = data?.[0]
  return (
    <>
      {failed && <div className="p-4"><ErrorNote error={failed} retry={() => void refetch()} /></div>}
      {!data ? <div className="p-4"><Skeleton className="h-64" /></div>
        : first ? <BlindDesk key={first.item} {...first} busy={say.isPending || isFetching} note={<Opinions opinions={first.opinions} />} onDecide={(decision, reasons) => withName((reviewer) => say.mutate({ item: first.item, decision, reasons, reviewer }))} />
        : <EmptyState title="No disagreement is open" action={<LinkButton href={datasetUrl(dataset, '/people')}>See how far people agree</LinkButton>}>Where people differ, what each of them said stands here, and your decision ends it.</EmptyState>}
      {dialog}
    </>
  )
}

const reasonLabel = (id: string) => REJECT_REASONS.find((reason) => reason.id === id)?.label ?? id

const Opinions = ({ opinions }: { opinions: readonly Opinion[] }) => (
  <section>
    <h2 className="mb-1 font-semibold">What people said</h2>
    <ul className="divide-y divide-line border-y border-line">
      {opinions.map((one) => (
        <li key={one.reviewer} className="flex min-h-8 flex-wrap items-center gap-2 py-1">
          <bdi className="min-w-24">{one.reviewer}</bdi>
          <StandingBadge standing={one.decision === 'approve' ? 'approved' : 'rejected'} />
          <span className="text-soft">{[...one.reasons.map(reasonLabel), one.note].filter(Boolean).join(', ')}</span>
        </li>
      ))}
    </ul>
  </section>
)
