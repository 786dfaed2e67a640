'use client'

import type { ReactNode } from 'react'
import { DROP_REASONS, REJECT_REASONS } from '@/lib/review/schema'
import { Button } from '../ui/button'
import { cx } from '../ui/class-names'
import { Kbd } from '../ui/kbd'
import type { Mode } from './desk'
import { EDIT_FORM } from './edit-box'
import type { Keymap } from './keymap'

type Props = {
  mode: Mode
  keys: Keymap
  dropped: boolean
  flagged: boolean
  on: { approve: () => void; reject: () => void; edit: () => void; flag: () => void; drop: () => void; recaption: () => void; undo: () => void; skip: () => void; commit: () => void; look: () => void; reason: (id: string) => void; keepClaim: () => void; strike: () => void; nextClaim: () => void }
}

const firstKey = (binding: string) => binding.split(' | ')[0]

function Key({ label, keys, onClick, form, type = form ? 'submit' : 'button', look, pressed, children, grow }: { label?: string; keys?: string; onClick?: () => void; /** submits or resets this form instead */ form?: string; type?: 'submit' | 'reset' | 'button'; look?: 'primary' | 'danger' | 'plain' | 'quiet'; pressed?: boolean; children: ReactNode; grow?: boolean }) {
  return (
    // A button that takes no focus from the pointer: the next key still goes to the desk.
    <Button look={look ?? 'quiet'} type={type} form={form} aria-label={label} aria-pressed={pressed} aria-keyshortcuts={keys} onMouseDown={(event) => event.preventDefault()} onClick={onClick} className={cx('px-2 max-md:h-11', grow && 'max-md:flex-1', pressed && 'bg-hover text-ink')}>
      {keys && <span aria-hidden className="max-md:hidden"><Kbd keys={keys} /></span>}
      {children}
    </Button>
  )
}

/** The keys that matter now, as buttons. Its height never changes. */
export function DeskBar({ mode, keys, dropped, flagged, on }: Props) {
  const bar = 'flex min-h-12 shrink-0 flex-wrap items-center gap-1 border-t border-line bg-page px-2 py-1'
  if (mode.is === 'reject' || mode.is === 'drop') {
    const reasons = mode.is === 'reject' ? REJECT_REASONS : DROP_REASONS
    return (
      <div role="toolbar" aria-label={mode.is === 'reject' ? 'Why is it rejected?' : 'Why is the sample dropped?'} className={cx(bar, 'relative')}>
        <div className="flex flex-wrap content-start gap-1 md:absolute md:right-0 md:bottom-full md:h-[149px] md:w-[53.5%] md:overflow-y-auto md:border-t md:border-line md:bg-page md:p-2">
          {reasons.map((reason) => <Key key={reason.id} keys={String(reason.digit)} pressed={mode.reasons.some((one) => one === reason.id)} onClick={() => on.reason(reason.id)}>{reason.label}</Key>)}
        </div>
        <p className="px-2 text-soft max-md:hidden">{mode.is === 'reject' ? 'Why is it rejected?' : 'Why is the sample dropped?'} Digits give reasons; the next key takes them.</p>
        <span className="ml-auto flex gap-1">
          <Key keys="Escape" onClick={on.look}>Cancel</Key>
          <Key keys="Enter" look="danger" label={mode.is === 'reject' ? 'Reject' : 'Drop'} onClick={on.commit}>{mode.is === 'reject' ? 'Reject' : 'Drop'}</Key>
        </span>
      </div>
    )
  }
  if (mode.is === 'claims') {
    return (
      <div role="toolbar" aria-label="Claim" className={bar}>
        <Key keys="Enter" onClick={on.keepClaim}>Keep claim</Key>
        <Key keys="Backspace" look="danger" onClick={on.strike}>Strike claim</Key>
        <Key keys={firstKey(keys.edit)} onClick={on.edit}>Fix claim</Key>
        <Key keys="Tab" onClick={on.nextClaim}>Next claim</Key>
        <Key keys="Escape" onClick={on.look}>Leave claims</Key>
      </div>
    )
  }
  if (mode.is === 'edit') {
    return (
      // Buttons of its own: the one that was pressed to begin would else be the one that discards before its press is over.
      <div key="edit" role="toolbar" aria-label="Edit" className={bar}>
        <Key grow keys="Control+Enter" look="primary" form={EDIT_FORM}>Save and go on</Key>
        <Key grow keys="Escape" onClick={on.look}>Leave for later</Key>
        <Key form={EDIT_FORM} type="reset">Discard the edit</Key>
      </div>
    )
  }
  return (
    <div role="toolbar" aria-label="Decide" className={bar}>
      <Key grow keys={firstKey(keys.approve)} look="primary" onClick={on.approve}>Approve</Key>
      <Key grow keys={firstKey(keys.reject)} look="danger" onClick={on.reject}>Reject</Key>
      <Key keys={firstKey(keys.edit)} onClick={on.edit}>Edit</Key>
      <Key keys={firstKey(keys.flag)} pressed={flagged} onClick={on.flag}>Flag</Key>
      <Key keys={firstKey(keys.drop)} onClick={on.drop}>{dropped ? 'Keep' : 'Drop'}</Key>
      <Key keys={firstKey(keys.recaption)} onClick={on.recaption}>Recaption</Key>
      <Key keys={firstKey(keys.undo)} onClick={on.undo}>Undo</Key>
      <span className="ml-auto max-md:hidden"><Key keys={firstKey(keys.skip)} onClick={on.skip}>Skip</Key></span>
    </div>
  )
}
