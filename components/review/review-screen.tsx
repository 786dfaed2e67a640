'use client'

import { parseAsBoolean, parseAsInteger, parseAsString, useQueryStates } from 'nuqs'
import { useCallback } from 'react'
import { useAskedName } from '../people/asked-name'
import { Desk } from './desk-screen'

const QUERY = { filter: parseAsString.withDefault(''), order: parseAsString.withDefault('imported'), seed: parseAsInteger.withDefault(0), all: parseAsBoolean.withDefault(false), sample: parseAsString }

/** Is this caption true, and good enough? The address is the desk: filter, order and the sample that is looked at. */
export function ReviewScreen({ dataset }: { dataset: string }) {
  const [query, setQuery] = useQueryStates(QUERY, { history: 'replace' })
  const { name, ask, dialog } = useAskedName()
  const showSample = useCallback((key: string) => void setQuery({ sample: key }), [setQuery])
  const { sample, ...choice } = query
  return (
    <>
      <Desk
        key={JSON.stringify([dataset, choice])} dataset={dataset} choice={choice} opening={sample}
        reviewer={name} askName={ask}
        onChoice={(next) => void setQuery({ ...next, sample: null })} onSample={showSample}
      />
      {dialog}
    </>
  )
}
