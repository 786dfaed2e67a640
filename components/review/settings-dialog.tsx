'use client'

import { useState } from 'react'
import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'
import { Field, Input, Select } from '../ui/input'
import { shownKeys } from '../ui/key-names'
import { clashes, DESK_ACTS, faultOf, PRESETS, pressOf, type DeskAct, type Keymap } from './keymap'
import type { Striker } from './use-strikes'

type Props = { open: boolean; onOpenChange: (open: boolean) => void; keys: Keymap; onKeys: (keys: Keymap) => void; reviewer: string | null; onName: () => void; striker: Striker | null; strikers: readonly Striker[]; onStriker: (id: string) => void }
const shown = (binding: string) => binding.split(' | ').map((press) => shownKeys(press).join(' ')).join(' or ')

/** The keys of this person: a preset, or act by act. */
export function SettingsDialog({ open, onOpenChange, keys, onKeys, reviewer, onName, striker, strikers, onStriker }: Props) {
  const [draft, setDraft] = useState(keys)
  const [fault, setFault] = useState<string | null>(null)
  const twice = clashes(draft)
  const change = (id: DeskAct, binding: string) => {
    const why = faultOf(binding)
    setFault(why)
    if (!why) setDraft({ ...draft, [id]: binding })
  }
  return (
    <Dialog
      open={open} onOpenChange={onOpenChange} title="Keys of the desk" description="Put the cursor in a field and press the key. Digits, Enter, Esc and Tab keep their meaning. Kept in this browser."
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button
            look="primary" disabled={twice.length > 0}
            onClick={() => {
              onKeys(draft)
              onOpenChange(false)
            }}
          >Use these keys</Button>
        </>
      }
    >
      <div className="mb-4 flex flex-wrap items-center gap-2">
        <span className="text-soft">Start from</span>
        {PRESETS.map((preset) => <Button key={preset.id} size="small" onClick={() => setDraft(preset.keys)}>{preset.label}</Button>)}
        <span className="flex-1" />
        <Button size="small" look="quiet" onClick={onName}>{reviewer === null ? 'Set your name' : `Reviewing as ${reviewer}`}</Button>
      </div>
      {strikers.length > 0 && (
        <div className="mb-4">
          <Field label="A struck claim is taken out by" hint="A model is sent the picture and the caption, and rewrites the sentence; rules work offline.">
            <Select value={striker?.id ?? ''} onChange={(event) => onStriker(event.target.value)} options={[...strikers.map(({ id, label }) => ({ value: id, label })), { value: '', label: 'Rules, offline' }]} />
          </Field>
        </div>
      )}
      <dl className="flex flex-col">
        {DESK_ACTS.map(({ id, label }) => (
          <div key={id} className="flex items-center justify-between gap-4 border-b border-line py-1 last:border-0">
            <dt id={`key-${id}`} className="text-soft">{label}</dt>
            <dd>
              <Input
                aria-labelledby={`key-${id}`} value={shown(draft[id])} readOnly className="w-44 text-center" aria-invalid={twice.some((one) => one.acts.includes(id))}
                onKeyDown={(event) => {
                  if (event.key === 'Tab' || event.key === 'Escape') return
                  event.preventDefault()
                  const press = pressOf(event)
                  if (press) change(id, press)
                }}
              />
            </dd>
          </div>
        ))}
      </dl>
      <p role="alert" className="min-h-5 pt-2 text-rejected">{fault ?? (twice.length > 0 ? `${shown(twice[0].press)} is used twice: ${twice[0].acts.map((id) => DESK_ACTS.find((act) => act.id === id)?.label).join(', ')}.` : '')}</p>
    </Dialog>
  )
}
