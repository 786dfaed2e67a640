'use client'

import { useRef, useEffect } from 'react'
import { flushSync } from 'react-dom'
import { DROP_REASONS, REJECT_REASONS } from '@/lib/review/schema'
import { isTyping, type Act } from '../frame/acts'
import { useActs } from '../frame/keys'
import { DESK_ACTS, type DeskAct, type Keymap } from './keymap'
import type { DeskModel } from './use-desk'

/** "g r" goes somewhere: the second press is no key of the desk. */
const SEQUENCE_MS = 1000
/** Acts that merely move. */
const MOVES: readonly DeskAct[] = ['skip', 'undecided', 'nextSample', 'previousSample', 'nextCaption', 'previousCaption']

/** Binds the keys of the desk as the person set them; `?` lists them and the palette offers them. */
export function useDeskKeys(desk: DeskModel, keys: Keymap, more: { recaption: () => void; settings: () => void; nothingOpen: boolean }) {
  const latest = useRef(desk)
  const lastG = useRef(-SEQUENCE_MS)
  useEffect(() => {
    latest.current = desk
  })
  useEffect(() => {
    const note = (event: KeyboardEvent) => {
      if (event.key === 'g' && !event.ctrlKey && !event.metaKey && !isTyping(event)) lastG.current = event.timeStamp
    }
    window.addEventListener('keydown', note, true)
    return () => window.removeEventListener('keydown', note, true)
  }, [])
  const { state, acts } = desk
  const pending = state.mode.is === 'reject' || state.mode.is === 'drop'

  const run: Record<DeskAct, () => unknown> = {
    approve: () => latest.current.acts.approve(), reject: () => latest.current.acts.reject(), edit: () => latest.current.acts.edit(), flag: () => latest.current.acts.flag(), drop: () => latest.current.acts.drop(),
    recaption: more.recaption, skip: () => latest.current.acts.skip(), undo: () => latest.current.acts.undo(), redo: () => latest.current.acts.redo(), undecided: () => latest.current.acts.undecided(),
    nextSample: () => latest.current.acts.skip(), previousSample: () => latest.current.acts.previousSample(), nextCaption: () => latest.current.acts.step(1), previousCaption: () => latest.current.acts.step(-1),
    compare: () => latest.current.acts.compare(), zoom: () => latest.current.move({ is: 'zoom' }),
  }
  /** The next key takes a pending rejection; what only moves has then moved already. */
  const press = (id: DeskAct) => {
    if (!pending) return run[id]()
    if (id === 'undo') return acts.look()
    flushSync(() => acts.commit())
    if (!['skip', 'nextSample', 'undecided', 'nextCaption', 'compare'].includes(id)) run[id]()
  }
  const digit = (value: number) => {
    const reasons = state.mode.is === 'reject' ? REJECT_REASONS : state.mode.is === 'drop' ? DROP_REASONS : null
    if (!reasons) return acts.focus(value - 1)
    const reason = reasons.find((one) => one.digit === value)
    if (reason) desk.move({ is: 'reason', reason: reason.id })
  }
  const walks = () => state.mode.is === 'claims' || (state.mode.is === 'look' && desk.claims.length > 0)
  const notAfterG = (event: KeyboardEvent) => event.timeStamp - lastG.current > SEQUENCE_MS
  /** Beside the box that a text is typed in, a stray letter must decide nothing. */
  const typing = state.mode.is === 'edit'

  const list: Act[] = [
    ...DESK_ACTS.map(({ id, label }): Act => ({ label, keys: keys[id], group: 'Desk', minor: ['nextCaption', 'previousCaption', 'nextSample', 'previousSample'].includes(id), repeats: MOVES.includes(id), applies: (event) => !typing && notAfterG(event), run: () => press(id) })),
    ...Array.from({ length: 10 }, (_, i): Act => ({ label: i === 0 ? 'Reason 0' : `Caption ${i}, or reason ${i}`, keys: String(i), group: 'Captions and reasons', minor: true, applies: () => !typing, run: () => digit(i) })),
    { label: 'Next claim', keys: 'Tab', group: 'Claims', minor: true, repeats: true, applies: walks, run: () => acts.walkClaims(1) },
    { label: 'Previous claim', keys: 'Shift+Tab', group: 'Claims', minor: true, repeats: true, applies: () => state.mode.is === 'claims', run: () => acts.walkClaims(-1) },
    { label: 'Take the reasons, or keep the claim', keys: 'Enter', group: 'Claims', minor: true, applies: () => pending || state.mode.is === 'claims', run: () => (pending ? acts.commit() : acts.keepClaim()) },
    { label: 'Leave', keys: 'Escape', group: 'Desk', minor: true, run: () => acts.look() },
    { label: 'Keys of the desk and your name', group: 'Desk', run: more.settings },
    // In claims this comes before an undo that a person bound to the same key.
    ...(state.mode.is === 'claims' ? [{ label: 'Strike claim', keys: 'Backspace', group: 'Claims', minor: true, run: () => acts.strike() } satisfies Act] : []),
  ]
  useActs(more.nothingOpen ? list : [])
}
