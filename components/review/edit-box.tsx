'use client'

import { useEffect, useRef, useState } from 'react'
import { LONGEST } from '@/lib/review/schema'
import { TextArea } from '../ui/input'

/** The form that the desk's bar submits, for whoever has no keyboard. */
export const EDIT_FORM = 'edit-caption'

/** Edits a text in its place: Ctrl+Enter saves and goes on, Esc leaves. */
export function EditBox({ text, select, onSave, onLeave }: { text: string; select?: { start: number; end: number }; onSave: (text: string) => void; onLeave: () => void }) {
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
    >
      <TextArea
        ref={box} aria-label="Edit caption" dir="auto" value={typed} maxLength={LONGEST} className="mt-1 min-h-24 flex-1 resize-none"
        onChange={(event) => setTyped(event.target.value)}
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
    </form>
  )
}
