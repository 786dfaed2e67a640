'use client'

import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { Badge, DroppedBadge, FlagBadge } from '../ui/badge'
import { Button } from '../ui/button'
import { EmptyState, ErrorNote } from '../ui/notes'
import { Skeleton } from '../ui/skeleton'
import { rateOf } from './desk'
import { DeskBar } from './desk-bar'
import { DeskCaption } from './desk-caption'
import { DeskDetail } from './desk-detail'
import { DeskLine } from './desk-line'
import { DeskPicture } from './desk-picture'
import { useKept } from './kept'
import { parseKeymap } from './keymap'
import { isFlagged } from './overlay'
import { RecaptionDialog } from './recaption-dialog'
import { SavingNote } from './saving-note'
import { SettingsDialog } from './settings-dialog'
import { useDesk, type DeskModel } from './use-desk'
import { useDeskKeys } from './use-desk-keys'
import { fetchCount, PRELOADED, usePreloaded, type QueueChoice } from './use-queue'
import { useStriker } from './use-strikes'
import { useSwipe } from './use-swipe'

type Props = { dataset: string; choice: QueueChoice; opening: string | null; reviewer: string | null; askName: (then?: () => void) => void; onChoice: (choice: QueueChoice) => void; onSample: (key: string) => void }
const TICK_MS = 15_000

/** The time now, told every few seconds, for the rate. */
function useNow() {
  const [now, setNow] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK_MS)
    return () => clearInterval(timer)
  }, [])
  return now
}

export function Desk(props: Props) {
  const { dataset, choice, reviewer, askName, onChoice } = props
  const { striker, offered, choose } = useStriker()
  const desk = useDesk({ ...props, striker })
  const [open, setOpen] = useState<'recaption' | 'settings' | null>(null)
  const [kept, keepKeys] = useKept('recaption.keys')
  const keys = parseKeymap(kept)
  const now = useNow()
  const count = useQuery({ queryKey: ['desk count', dataset, choice.filter], queryFn: () => fetchCount(dataset, choice.filter), refetchInterval: TICK_MS })
  const recaption = () => {
    if (!desk.item) return
    if (reviewer === null) askName(() => setOpen('recaption'))
    else setOpen('recaption')
  }
  useDeskKeys(desk, keys, { recaption, settings: () => setOpen('settings'), nothingOpen: open === null })
  const { acts, state, item, decisions, work } = desk
  const [zoomedIn, setZoomedIn] = useState<number | null>(null)
  const zoomed = item !== undefined && (state.full || zoomedIn === item.sample.id)
  const swipe = useSwipe({ on: state.mode.is === 'look' && !zoomed, onLeft: acts.reject, onRight: acts.approve })
  return (
    <div className="relative flex h-full min-h-0 flex-col">
      <DeskLine choice={choice} onChoice={onChoice} note={work.note} count={count.data} rate={rateOf(decisions.taken, Math.max(now, decisions.taken.at(-1) ?? 0))} depth={decisions.depth} reviewer={reviewer} onName={() => askName()} onSettings={() => setOpen('settings')} />
      <div className="relative min-h-0 flex-1 touch-pan-y" {...swipe}>
        {item ? <Work desk={desk} zoomKey={keys.zoom} zoomed={zoomed} onZoomed={(is) => setZoomedIn(is ? item.sample.id : null)} /> : <Nothing desk={desk} choice={choice} onChoice={onChoice} dataset={dataset} />}
        <SavingNote
          entries={decisions.entries} unkept={decisions.unkept} onAgain={decisions.again} onMine={(entry) => decisions.keepMine(entry.token)}
          onTheirs={(entry) => {
            decisions.discard(entry.token)
            void desk.refresh(entry.key)
          }}
        />
      </div>
      <DeskBar
        mode={state.mode} keys={keys} dropped={item?.sample.dropped ?? false} flagged={item ? isFlagged(item) : false}
        on={{ ...acts, recaption, nextClaim: () => acts.walkClaims(1), reason: (reason) => desk.move({ is: 'reason', reason }) }}
      />
      {item && <RecaptionDialog key={`recaption ${open}`} open={open === 'recaption'} onOpenChange={(is) => setOpen(is ? 'recaption' : null)} dataset={dataset} sampleKey={item.sample.key} kind={desk.focused?.kind ?? 'short'} author={reviewer ?? ''} onWritten={(key) => void desk.refresh(key)} />}
      <SettingsDialog key={`settings ${open}`} open={open === 'settings'} onOpenChange={(is) => setOpen(is ? 'settings' : null)} keys={keys} onKeys={(next) => keepKeys(JSON.stringify(next))} reviewer={reviewer} onName={() => askName()} striker={striker} strikers={offered} onStriker={choose} />
    </div>
  )
}

function Work({ desk, zoomKey, zoomed, onZoomed }: { desk: DeskModel; zoomKey: string; zoomed: boolean; onZoomed: (zoomed: boolean) => void }) {
  const { item, items, captions, focused, claims, claim, state, acts, move, lit, setLit } = desk
  const next = items.slice(state.at + 1, state.at + 1 + PRELOADED)
  const ready = usePreloaded(next)
  if (!item) return null
  const ofSample = item.sample.flags.filter((flag) => flag.captionId === null)
  const pick = (id: number) => move({ is: 'mode', mode: { is: 'claims', claim: Math.max(0, claims.findIndex((one) => one.id === id)) } })
  return (
    <div className="flex h-full flex-col md:grid md:grid-cols-[minmax(0,1fr)_minmax(0,1.15fr)] md:grid-rows-[minmax(0,1fr)]">
      <div className="flex min-h-0 flex-col border-line max-md:h-[44%] max-md:border-b md:border-r">
        <DeskPicture item={item} claims={claims} lit={lit} onLit={setLit} full={state.full} onFull={() => move({ is: 'zoom' })} zoomed={zoomed} onZoomed={onZoomed} zoomKey={zoomKey.split(' | ')[0]} />
        <div className="flex h-9 shrink-0 items-center gap-2 overflow-hidden border-t border-line px-3 text-soft">
          <span role="img" aria-label={`${next.filter(ready).length} of the next ${next.length} samples are loaded`} className="flex gap-1">
            {next.map((one) => <span key={one.sample.id} className={`size-2 rounded-full border border-line-strong ${ready(one) ? 'bg-line-strong' : ''}`} />)}
          </span>
          <bdi className="min-w-0 truncate" title={item.sample.key}>{item.sample.key}</bdi>
          {item.random && <Badge title="Drawn at random, whatever the order">random</Badge>}
          {item.sample.dropped && <DroppedBadge />}
          {ofSample.map((flag) => <FlagBadge key={flag.rule} {...flag} />)}
          {item.sample.width !== null && <span className="ml-auto shrink-0 text-faint tabular-nums max-md:hidden">{item.sample.width} × {item.sample.height}</span>}
        </div>
      </div>
      <div className="flex min-h-0 flex-1 flex-col">
        <section aria-label="Captions" className="flex min-h-0 flex-1 flex-col overflow-y-auto max-md:after:h-[50dvh] max-md:after:shrink-0">
          {captions.length === 0 && <EmptyState title="No caption yet">It came without a text, and no model has described it. Recaption it, skip it, or drop it.</EmptyState>}
          {captions.map((caption, place) => (
            <DeskCaption
              key={caption.id} caption={caption} place={place} focused={caption.id === focused?.id} editing={state.mode.is === 'edit' && caption.id === focused?.id} select={claim && { start: claim.start, end: claim.end }} rewriting={desk.strikes.waits(caption.id)}
              claims={item.claims.filter((one) => one.captionId === caption.id)} flags={item.sample.flags.filter((flag) => flag.captionId === caption.id)} lit={lit}
              onLit={setLit} onFocus={() => move({ is: 'focus', caption: caption.id })} onPickClaim={pick} onSave={(text) => acts.save(text)} onLeave={acts.look}
            />
          ))}
        </section>
        <DeskDetail caption={focused} captions={captions} flags={item.sample.flags.filter((flag) => flag.captionId === focused?.id)} claims={claims} claim={claim} lit={lit} compare={state.compare} onCompare={(by) => move({ is: 'compare', with: by })} onLit={setLit} onPick={pick} />
      </div>
    </div>
  )
}

function Nothing({ desk, choice, onChoice, dataset }: { desk: DeskModel; choice: QueueChoice; onChoice: (choice: QueueChoice) => void; dataset: string }) {
  const { work, again, items, acts } = desk
  if (work.error !== null) return <div className="p-4"><ErrorNote error={work.error} retry={again} /></div>
  if (work.loading || !work.ended) {
    return (
      <div aria-label="Loading" className="grid h-full gap-4 p-4 md:grid-cols-2">
        <Skeleton className="h-full" />
        <div className="flex flex-col gap-3">{Array.from({ length: 4 }, (_, i) => <Skeleton key={i} className="h-28" />)}</div>
      </div>
    )
  }
  return (
    <EmptyState
      title={items.length > 0 ? 'Nothing is left to decide in this queue' : choice.filter ? 'Nothing that matches waits for a decision' : 'Nothing waits for a decision'}
      command={`recaption run --dataset "${dataset}" --recipe short`}
      action={
        <span className="flex flex-wrap gap-2">
          {items.length > 0 && <Button onClick={acts.previousSample}>Back to the last sample</Button>}
          {!choice.all && <Button onClick={() => onChoice({ ...choice, all: true })}>Show decided ones too</Button>}
          {choice.filter && <Button onClick={() => onChoice({ ...choice, filter: '' })}>Review the whole dataset</Button>}
        </span>
      }
    >
      Look through what was decided, or let a captioner write new captions.
    </EmptyState>
  )
}
