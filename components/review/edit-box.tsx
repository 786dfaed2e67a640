'use client'

import { useEffect, useRef, useState } from 'react'
import { LONGEST } from '@/lib/review/schema'
import { CutNote, CutText, useTail } from '../caption/cut-mark'
import { useCuts } from '../caption/use-cuts'
import { TextArea } from '../ui/input'

/** The form that the desk's bar submits or resets, for whoever has no keyboard. */
export const EDIT_FORM = 'edit-caption'
/** More characters of a tail than one line shows. */
const SHOWN = 200

/** After this pause in typing the server is asked where encoders stop. */
const PAUSE_MS = 400

/** What the trainer's encoder would not read of the text as it is typed, on a line that is there from the start. */
function Tail({ text }: { text: string }) {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text])
  const cuts = useCuts(settled)
  const { tail, label } = useTail(text, settled === text ? cuts : undefined)
  return <p role="note" aria-label="Cut from the edit" className="flex h-6 shrink-0 items-center gap-2 text-[12px]">{tail.cut && <><bdi dir="auto" className="min-w-0 truncate"><CutText label={label}>{tail.cut.slice(0, SHOWN)}</CutText></bdi><span className="shrink-0"><CutNote tail={tail} label={label} /></span></>}</p>
}

type Props = { text: string; select?: { start: number; end: number }; onType: (text: string) => void; onSave: (text: string) => void; onLeave: () => void; onDiscard: () => void }

/** Edits a text in its place: Ctrl+Enter saves and goes on, Esc leaves it for later. */
export function EditBox({ text, select, onType, onSave, onLeave, onDiscard }: Props) {
  const [typed, setTyped] = useState(text)
  const box = useRef<HTMLTextAreaElement>(null)
  const [range] = useState(select)
  useEffect(() => {
    const field = box.current
    field?.focus()
    field?.setSelectionRange(range?.start ?? field.value.length, range?.end ?? field.value.length)
  }, [range])
  return (
    <form
      id={EDIT_FORM} className="contents"
      onSubmit={(event) => {
        event.preventDefault()
        onSave(typed)
      }}
      onReset={onDiscard}
    >
      <TextArea
        ref={box} aria-label="Edit caption" dir="auto" value={typed} maxLength={LONGEST} className="mt-1 min-h-24 flex-1 resize-none"
        onChange={(event) => {
          setTyped(event.target.value)
          onType(event.target.value)
        }}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return
          if (event.key === 'Escape') {
            event.stopPropagation()
            onLeave()
          } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
            event.preventDefault()
            onSave(typed)
          }
        }}
      />
      <Tail text={typed} />
    </form>
  )
}
