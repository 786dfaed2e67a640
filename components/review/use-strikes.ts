'use client'

import { useQuery } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { ClaimView } from '@/lib/claim/schema'
import { messageOf } from '@/lib/errors'
import { ask, post, type Caption } from '../api'
import { toast } from '../ui/toast'
import { useKept } from './kept'
import { byRules, stillStands, striking, type Striking } from './strikes'

type Listing = { id: string; label: string; recipes?: readonly string[]; endpoint?: { preset: string; hasKey: boolean; fromEnvironment: boolean } }
export type Striker = { id: string; label: string }
const BY_RULES = 'rules'
/** A model that takes longer is not waited for, ms. */
const LONGEST = 20_000

/** Endpoints that a person set up or the environment names; the one that stands there by itself has no key. */
const isSetUp = ({ endpoint }: Listing) => endpoint !== undefined && (endpoint.hasKey || endpoint.fromEnvironment || endpoint.preset !== 'openai')

/** Who takes struck claims out of a text: the model chosen here, else the first that is set up; null: the rules. */
export function useStriker(): { striker: Striker | null; offered: readonly Striker[]; choose: (id: string) => void } {
  const [kept, keep] = useKept('recaption.striker')
  const { data } = useQuery({ queryKey: ['captioners'], queryFn: () => ask<{ captioners: Listing[] }>('/api/v1/captioners').then((answer) => answer.captioners), staleTime: 60_000 })
  const offered = (data ?? []).filter((one) => isSetUp(one) && (!one.recipes || one.recipes.includes('correct')))
  return { striker: kept === BY_RULES ? null : (offered.find((one) => one.id === kept) ?? offered.at(0) ?? null), offered, choose: (id) => keep(id || BY_RULES) }
}

type Given = { striker: Striker | null; reviewer: string | null; captions: readonly Caption[]; /** saves the text as this person's edit and shows the difference; false when it could not */ save: (caption: Caption, text: string) => boolean }

/**
 * Struck claims go to the model while the desk goes on. Its text is saved when the person has the caption before them,
 * never behind their back; where it gives none, the rules write the text, and the desk says so.
 */
export function useStrikes({ striker, reviewer, captions, save }: Given) {
  const [all, setAll] = useState<ReadonlyMap<number, Striking>>(new Map())
  const calls = useRef(new Map<number, AbortController>())
  const settled = useRef(new WeakSet<Striking>())
  useEffect(() => {
    const open = calls.current
    return () => open.forEach((call) => call.abort())
  }, [])
  const put = useCallback((id: number, striking: Striking | null) => {
    setAll((old) => {
      const next = new Map(old)
      if (striking) next.set(id, striking)
      else next.delete(id)
      return next
    })
  }, [])

  const waits = (caption: number) => all.get(caption)?.done === null
  const strike = async (caption: Caption, claims: readonly ClaimView[], id: number) => {
    const one = striking(caption, claims, id, waits(caption.id) ? all.get(caption.id) : undefined)
    const rules = (why: string | null) => {
      const text = byRules(one)
      if (text === null) toast('Nothing worth a caption would be left without it. Reject the caption instead, or edit it.')
      put(caption.id, text === null ? null : { ...one, done: { text, why } })
    }
    if (!striker) return rules(null)
    calls.current.get(caption.id)?.abort()
    const call = new AbortController()
    calls.current.set(caption.id, call)
    put(caption.id, one)
    try {
      const { text } = await post<{ text: string }>(`/api/v1/claims/${one.ids[0]}/rewrites`, { captioner: striker.id, with: one.ids.slice(1), reviewer }, AbortSignal.any([call.signal, AbortSignal.timeout(LONGEST)]))
      put(caption.id, { ...one, done: { text, why: null } })
    } catch (error) {
      if (!call.signal.aborted) rules(error instanceof DOMException ? `${striker.label} took longer than ${LONGEST / 1000} s.` : `${striker.label}: ${messageOf(error)}`)
    }
  }

  useEffect(() => {
    for (const caption of captions) {
      const one = all.get(caption.id)
      if (!one?.done || settled.current.has(one)) continue
      settled.current.add(one)
      if (!stillStands(one, caption) || !save(caption, one.done.text)) continue
      if (one.done.why !== null) toast(`Struck by rules. ${one.done.why}`)
    }
  }, [all, captions, save])
  return { strike, waits }
}
