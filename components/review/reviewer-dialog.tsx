'use client'

import { useState } from 'react'
import { ReviewerName } from '@/lib/review/schema'
import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'
import { Field, Input } from '../ui/input'

/** Asks once who decides; every decision carries the name. */
export function ReviewerDialog({ open, name, onName, onOpenChange }: { open: boolean; name: string; onName: (name: string) => void; onOpenChange: (open: boolean) => void }) {
  const [typed, setTyped] = useState(name)
  const [fault, setFault] = useState<string>()
  const save = () => {
    const parsed = ReviewerName.safeParse(typed)
    if (parsed.success) onName(parsed.data)
    else setFault(parsed.error.issues[0].message)
  }
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Who decides?" description="Your name stands with every decision you take. It is kept in this browser.">
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          save()
        }}
      >
        <Field label="Your name" error={fault}>
          <Input autoFocus value={typed} onChange={(event) => setTyped(event.target.value)} maxLength={80} autoComplete="name" aria-invalid={fault !== undefined} />
        </Field>
        <Button type="submit" look="primary" className="self-start">Start reviewing</Button>
      </form>
    </Dialog>
  )
}
