'use client'

import { useCallback, useState, type ReactNode } from 'react'
import { ReviewerName } from '@/lib/review/schema'
import { useKept } from '../review/kept'
import { ReviewerDialog } from '../review/reviewer-dialog'

type Then = (name: string) => void

/**
 * Who decides in this browser, null while nobody said so, and a way to ask: what was to be done goes on with the name
 * that is given. The dialog must stand in the page.
 */
export function useAskedName(): { name: string | null; ask: (then?: Then) => void; /** at once where the name is known */ withName: (then: Then) => void; dialog: ReactNode } {
  const [kept, keep] = useKept('recaption.reviewer')
  const [asking, setAsking] = useState<{ then?: Then } | null>(null)
  const parsed = ReviewerName.safeParse(kept)
  const name = parsed.success ? parsed.data : null
  const ask = useCallback((then?: Then) => setAsking({ then }), [])
  const withName = (then: Then) => (name === null ? ask(then) : then(name))
  const dialog = (
    <ReviewerDialog
      key={String(asking !== null)} open={asking !== null} name={name ?? ''} onOpenChange={(open) => !open && setAsking(null)}
      onName={(given) => {
        keep(given)
        setAsking(null)
        asking?.then?.(given)
      }}
    />
  )
  return { name, ask, withName, dialog }
}
