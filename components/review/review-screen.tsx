'use client'

import { parseAsBoolean, parseAsInteger, parseAsString, useQueryStates } from 'nuqs'
import { useCallback, useState } from 'react'
import { Desk } from './desk-screen'
import { ReviewerDialog } from './reviewer-dialog'
import { ReviewerName } from '@/lib/review/schema'
import { useKept } from './kept'

const QUERY = { filter: parseAsString.withDefault(''), order: parseAsString.withDefault('imported'), seed: parseAsInteger.withDefault(0), all: parseAsBoolean.withDefault(false), sample: parseAsString }

/** Is this caption true, and good enough? The address is the desk: filter, order and the sample that is looked at. */
export function ReviewScreen({ dataset }: { dataset: string }) {
  const [query, setQuery] = useQueryStates(QUERY, { history: 'replace' })
  const [kept, keep] = useKept('recaption.reviewer')
  const [asking, setAsking] = useState(false)
  const showSample = useCallback((key: string) => void setQuery({ sample: key }), [setQuery])
  const name = ReviewerName.safeParse(kept)
  const { sample, ...choice } = query
  return (
    <>
      <Desk
        key={JSON.stringify([dataset, choice])} dataset={dataset} choice={choice} opening={sample}
        reviewer={name.success ? name.data : null} askName={() => setAsking(true)}
        onChoice={(next) => void setQuery({ ...next, sample: null })} onSample={showSample}
      />
      <ReviewerDialog
        key={String(asking)} open={asking} name={name.success ? name.data : ''} onOpenChange={setAsking}
        onName={(next) => {
          keep(next)
          setAsking(false)
        }}
      />
    </>
  )
}
