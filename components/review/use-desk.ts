'use client'

import { useEffect, useMemo, useReducer, useRef, useState } from 'react'
import type { DeskItem } from '@/lib/review/desk-store'
import type { ClaimView } from '@/lib/claim/schema'
import { messageOf } from '@/lib/errors'
import { storable, type RejectReason } from '@/lib/review/schema'
import type { Caption } from '../api'
import { post } from '../api'
import { toast } from '../ui/toast'
import { AT_START, COMPARISONS, desk, nextUndecided } from './desk'
import { altOf, captionsInOrder, isFlagged, shownItem, undecidedIn } from './overlay'
import type { Deed } from './outbox'
import { received } from './received'
import { byRules, striking } from './strikes'
import { useDecisions, type Landing } from './use-decisions'
import { fetchItem, keyOfSample, useQueue, type QueueChoice } from './use-queue'
import { useStrikes, type Striker } from './use-strikes'

type Given = { dataset: string; choice: QueueChoice; opening: string | null; reviewer: string | null; /** null: struck claims are taken out by rules */ striker: Striker | null; /** asks who decides; `then` follows once a name is given */ askName: (then?: () => void) => void; onSample: (key: string) => void }

/** What carries the name of a person. */
const NAMED_ACTS = ['approve', 'reject', 'drop', 'commit', 'edit', 'flag', 'undo', 'redo', 'keepClaim', 'strike'] as const
type NamedAct = (typeof NAMED_ACTS)[number]
const STILL_SAVED = 'This text is still being saved. Try again in a moment.'
const NO_CAPTIONS: readonly Caption[] = []

/** Everything the desk knows and can do; the screens only show it. */
export function useDesk({ dataset, choice, opening, reviewer, striker, askName, onSample }: Given) {
  const { work, put, patch, reach, again } = useQueue(dataset, choice, opening)
  const [state, move] = useReducer(desk, AT_START)
  const [lit, setLit] = useState<number | null>(null)
  const news = useRef(new Map<string, number>())
  /** Reads a sample again; an answer that a decision overtook on its way is asked for once more. */
  const refresh = async (key: string): Promise<void> => {
    const before = news.current.get(key)
    const found = await fetchItem(dataset, key).catch(() => null)
    if (news.current.get(key) !== before) return refresh(key)
    if (found) put(found)
  }
  const decisions = useDecisions(dataset, reviewer ?? '', {
    sent: ({ entry, decided }) => {
      news.current.set(entry.key, (news.current.get(entry.key) ?? 0) + 1)
      patch(entry.sampleId, (item) => received(item, entry, decided))
      if (entry.turn) void refresh(entry.key)
    },
    elsewhere: (key) => void refresh(key),
  })
  const { entries } = decisions
  const items = useMemo(() => (entries.length ? work.items.map((item) => shownItem(item, entries)) : work.items), [work.items, entries])
  const item = items.at(state.at)
  const captions = useMemo(() => (item ? captionsInOrder(item) : []), [item])
  const waiting = item ? undecidedIn(item) : []
  const made = state.follow === null ? undefined : captions.find((caption) => caption.parentId === state.follow && caption.origin === 'human')
  const focused = made ?? captions.find((caption) => caption.id === state.focus) ?? waiting[0] ?? captions.find((caption) => caption.kind !== 'alt') ?? captions[0]
  const claims = useMemo(() => (item && focused ? item.claims.filter((claim) => claim.captionId === focused.id) : []), [item, focused])
  const claim = state.mode.is === 'claims' ? claims[state.mode.claim] : undefined

  useEffect(() => reach(state.at), [reach, state.at])
  const key = item?.sample.key
  useEffect(() => {
    if (key !== undefined) onSample(key)
  }, [key, onSample])

  const goTo = (to: number, focus: number | null = null) => {
    setLit(null)
    move({ is: 'go', to, focus })
  }
  /** To the next caption of this sample that waits, else to the next sample with one. */
  const onward = (decided: number | null, leaves = false) => {
    const rest = leaves ? [] : waiting.filter((caption) => caption.id !== decided)
    const place = captions.findIndex((caption) => caption.id === decided)
    const next = rest.find((caption) => captions.indexOf(caption) > place) ?? rest[0]
    if (next) return move({ is: 'focus', caption: next.id })
    const waits = items.map((one, i) => i !== state.at && undecidedIn(one).length > 0)
    goTo(nextUndecided(waits, state.at) ?? items.length)
  }
  const decide = (deed: Deed) => {
    if (!item) return false
    if (deed.on === 'caption' && deed.caption < 0) {
      toast(STILL_SAVED)
      return false
    }
    decisions.decide(item, deed)
    return true
  }
  const onCaption = (caption: Caption, decision: 'approve' | 'reject' | 'edit', more: { reasons?: string[]; text?: string } = {}) => decide({ on: 'caption', caption: caption.id, decision, reasons: more.reasons ?? [], note: '', version: caption.version, ...(more.text === undefined ? {} : { text: more.text }) })

  const land = async (landing: Landing) => {
    if (!landing) return
    if (landing === 'bulk') {
      for (const { sample } of [...items.slice(state.at), ...items.slice(0, state.at)]) await refresh(sample.key)
      return
    }
    const at = items.findIndex((one) => one.sample.key === landing.key || one.sample.id === landing.sampleId)
    if (at >= 0 && landing.key !== undefined) return goTo(at, landing.captionId)
    try {
      const found = landing.key ?? (landing.sampleId === undefined ? null : await keyOfSample(dataset, landing.sampleId))
      if (found === null) return
      put(await fetchItem(dataset, found), state.at)
      goTo(at >= 0 ? at : state.at, landing.captionId)
    } catch (error) {
      toast(messageOf(error))
    }
  }
  const decideClaim = async (one: ClaimView, decision: 'keep' | 'strike' | null) => {
    if (!item) return
    const set = (to: ClaimView['decision']) => patch(item.sample.id, (old) => ({ ...old, claims: old.claims.map((other) => (other.id === one.id ? { ...other, decision: to } : other)) }))
    set(decision)
    await post(`/api/v1/claims/${one.id}`, { decision, reviewer }).catch((error: unknown) => {
      set(one.decision)
      toast(`The claim could not be kept: ${messageOf(error)}`)
    })
  }

  const strikes = useStrikes({
    striker, reviewer,
    // Not while somebody types: the box would close under their fingers.
    captions: state.mode.is === 'edit' ? NO_CAPTIONS : captions,
    save: (caption, text) => {
      if (!onCaption(caption, 'edit', { text: storable(text) })) return false
      move({ is: 'follow', parent: caption.id })
      return true
    },
  })

  const all = {
    approve: () => {
      if (!focused) return
      if (focused.standing === 'approved' && !focused.quarantined) return onward(focused.id)
      if (onCaption(focused, 'approve')) onward(focused.id)
    },
    reject: () => focused && move({ is: 'mode', mode: { is: 'reject', reasons: [] } }),
    drop: () => {
      if (!item) return
      if (item.sample.dropped) decide({ on: 'sample', decision: 'keep', reasons: [], version: item.sample.version })
      else move({ is: 'mode', mode: { is: 'drop', reasons: [] } })
    },
    /** Takes the rejection or the drop that is pending. */
    commit: () => {
      const { mode } = state
      if (mode.is === 'reject' && focused && onCaption(focused, 'reject', { reasons: mode.reasons satisfies RejectReason[] })) onward(focused.id)
      else if (mode.is === 'drop' && item && decide({ on: 'sample', decision: 'drop', reasons: mode.reasons, version: item.sample.version })) onward(null, true)
    },
    edit: () => {
      if (focused && focused.id < 0) toast(STILL_SAVED)
      else if (focused) move({ is: 'mode', mode: { is: 'edit' } })
    },
    /** Whether nothing of what was typed is left to be kept. */
    save: (typed: string): boolean => {
      if (!focused) return false
      const text = storable(typed)
      if (text === focused.text) {
        toast('Nothing was changed.')
        move({ is: 'mode', mode: { is: 'look' } })
        return true
      }
      if (text.trim() === '') {
        toast('A caption cannot be empty; reject it, or drop the sample.')
        return false
      }
      const taken = onCaption(focused, 'edit', { text })
      if (taken) onward(focused.id)
      return taken
    },
    flag: () => item && decide({ on: 'sample', decision: isFlagged(item) ? 'unflag' : 'flag', reasons: [] }),
    skip: () => goTo(Math.min(state.at + 1, items.length)),
    previousSample: () => goTo(state.at - 1),
    undecided: () => {
      const waits = items.map((one) => undecidedIn(one).length > 0)
      goTo(nextUndecided(waits, state.at) ?? (waits[state.at] ? state.at : items.length))
    },
    step: (by: 1 | -1) => {
      const place = focused ? captions.indexOf(focused) : -1
      const next = captions[Math.min(captions.length - 1, Math.max(0, place + by))]
      if (next) move({ is: 'focus', caption: next.id })
    },
    focus: (place: number) => captions[place] && move({ is: 'focus', caption: captions[place].id }),
    compare: () => move({ is: 'compare', with: COMPARISONS[(COMPARISONS.indexOf(state.compare) + 1) % COMPARISONS.length] }),
    undo: () => void decisions.undo().then(land),
    redo: () => void decisions.redo().then(land),
    look: () => move({ is: 'mode', mode: { is: 'look' } }),
    walkClaims: (by: 1 | -1) => {
      const place = state.mode.is === 'claims' ? state.mode.claim + by : by > 0 ? 0 : claims.length - 1
      move({ is: 'mode', mode: claims[place] ? { is: 'claims', claim: place } : { is: 'look' } })
    },
    keepClaim: () => claim && void decideClaim(claim, claim.decision === 'keep' ? null : 'keep'),
    strike: () => {
      if (!claim || !focused) return
      if (!striker && byRules(striking(focused, claims, claim.id, undefined)) === null) return void toast('Nothing worth a caption would be left without it. Reject the caption instead, or edit it.')
      void decideClaim(claim, 'strike')
      void strikes.strike(focused, claims, claim.id)
    },
  }
  // Whoever gave no name yet is asked first, and the act follows in the next turn, which knows the name.
  const postponed = useRef<NamedAct | null>(null)
  useEffect(() => {
    const act = reviewer === null ? null : postponed.current
    if (act === null) return
    postponed.current = null
    all[act]()
  })
  const asking = (act: NamedAct) => () => askName(() => void (postponed.current = act))
  const acts = reviewer === null ? { ...all, ...Object.fromEntries(NAMED_ACTS.map((act) => [act, asking(act)])) } : all
  const alt = item ? altOf(item) : undefined
  return { work, items, item, captions, focused, claims, claim, alt, waiting, state, move, lit: claim?.id ?? lit, setLit, strikes, acts, decisions, again, goTo, refresh }
}
export type DeskModel = ReturnType<typeof useDesk>
export type { DeskItem }
