'use client'

import { useCallback, useEffect, useReducer, useRef, useState } from 'react'
import type { DeskItem } from '@/lib/review/desk-store'
import { messageOf } from '@/lib/errors'
import { ApiError, datasetPath, post } from '../api'
import { toast } from '../ui/toast'
import { NO_STEPS, parseSteps, placeOf, steps as stepsAfter, type Step } from './history'
import { Keeper, type Outcome } from './keeper'
import { beforeOf } from './overlay'
import type { Deed, Entry } from './outbox'

type Told = { sent: (outcome: Outcome) => void; elsewhere: (key: string) => void }
type Turned = { decision?: { verdict: { sampleId: number; captionId: number | null } } }
/** Where an undo or redo leads; `bulk`: a whole step changed, anything may look otherwise now; null when there is nothing. */
export type Landing = { key?: string; sampleId?: number; captionId: number | null } | 'bulk' | null

const token = () => (typeof crypto.randomUUID === 'function' ? crypto.randomUUID() : `${Date.now()}-${Math.random().toString(36).slice(2)}-${Math.random().toString(36).slice(2)}`)
const captionOf = (deed: Deed) => (deed.on === 'caption' ? deed.caption : null)

/** Takes decisions: shown at once, sent at once, kept until the server has them, undone and redone by appending. */
export function useDecisions(dataset: string, reviewer: string, told: Told) {
  const latest = useRef(told)
  useEffect(() => {
    latest.current = told
  })
  const [entries, setEntries] = useState<readonly Entry[]>([])
  const [steps, change] = useReducer(stepsAfter, NO_STEPS)
  const [taken, setTaken] = useState<readonly number[]>([])
  const clock = useRef(0)
  const memory = placeOf(dataset)
  const [keeper] = useState(() => new Keeper(dataset))
  useEffect(() => {
    const leave = keeper.subscribe(() => setEntries(keeper.entries()))
    const close = keeper.open({
      sent: (outcome) => {
        change({ is: 'numbered', token: outcome.entry.token, verdict: outcome.decided.verdict.id })
        latest.current.sent(outcome)
      },
      refused: (of) => change({ is: 'forget', token: of }),
      turned: ({ key }) => latest.current.elsewhere(key),
      sentElsewhere: ({ key, token: of, verdict }) => {
        change({ is: 'numbered', token: of, verdict })
        latest.current.elsewhere(key)
      },
    })
    change({ is: 'load', steps: parseSteps(sessionStorage.getItem(memory)) })
    return () => {
      leave()
      close()
    }
  }, [keeper, memory])
  useEffect(() => {
    if (steps === NO_STEPS) return
    try {
      sessionStorage.setItem(memory, JSON.stringify(steps))
    } catch {
      // Without room the server still knows what to undo.
    }
  }, [steps, memory])

  /** Two decisions never share a moment: their order is the order of sending. */
  const moment = useCallback(() => (clock.current = Math.max(Date.now(), clock.current + 1)), [])
  const make = useCallback(
    (item: DeskItem, deed: Deed): Entry => ({
      token: token(), at: moment(), dataset, key: item.sample.key, sampleId: item.sample.id, reviewer, deed, before: beforeOf(item, captionOf(deed)),
      turn: null, state: 'waiting', out: false, tries: 0, retryAt: 0, why: '', present: null,
    }),
    [dataset, reviewer, moment],
  )
  const decide = (item: DeskItem, deed: Deed) => {
    const entry = make(item, deed)
    keeper.add(entry)
    change({ is: 'did', step: { entry, verdict: null, withdrawn: false } })
    setTaken((all) => [...all.slice(-199), Date.now()])
  }

  const turned = (step: Step, way: 'undo' | 'redo') => keeper.add({ ...step.entry, token: token(), at: moment(), reviewer, state: 'waiting', out: false, tries: 0, retryAt: 0, why: '', present: null, turn: { way, of: step.entry.token, verdict: step.verdict } })

  /** Steps older than this desk, and bulk steps: the server knows them. */
  const onServer = async (way: 'undo' | 'redo'): Promise<Landing> => {
    try {
      const { decision } = await post<Turned>(`${datasetPath(dataset)}/${way}`, { reviewer })
      if (!decision) toast(way === 'undo' ? 'A whole bulk step was undone.' : 'A whole bulk step was redone.')
      return decision ? { sampleId: decision.verdict.sampleId, captionId: decision.verdict.captionId } : 'bulk'
    } catch (error) {
      toast(error instanceof ApiError && error.status === 404 ? `There is nothing to ${way}.` : messageOf(error))
      return null
    }
  }

  const undo = async (): Promise<Landing> => {
    const step = steps.done.at(-1)
    if (!step) return entries.length ? null : onServer('undo')
    // What never left the browser needs no word to the server.
    const withdrawn = step.verdict === null && keeper.withdraw(step.entry.token)
    if (!withdrawn) turned(step, 'undo')
    change({ is: 'undid', withdrawn })
    return { key: step.entry.key, captionId: captionOf(step.entry.deed) }
  }

  const redo = async (): Promise<Landing> => {
    const step = steps.undone.at(-1)
    if (!step) return entries.length ? null : onServer('redo')
    const again = { ...step.entry, token: token(), at: moment() }
    if (step.withdrawn) keeper.add(again)
    else turned(step, 'redo')
    change({ is: 'redid', step: step.withdrawn ? { entry: again, verdict: null, withdrawn: false } : step })
    return { key: step.entry.key, captionId: captionOf(step.entry.deed) }
  }

  const discard = (of: string) => {
    keeper.discard(of)
    change({ is: 'forget', token: of })
  }
  return { entries, depth: steps.done.length, taken, unkept: keeper.unkept, decide, undo, redo, keepMine: (of: string) => keeper.keepMine(of), discard, again: () => keeper.again() }
}
