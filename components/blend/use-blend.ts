'use client'

import { createParser, parseAsBoolean, parseAsFloat, parseAsInteger, parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs'
import { useCallback, useMemo } from 'react'
import { BlendSpec, MODES } from '@/lib/blend/schema'
import { readWeights, writeWeights } from './weights'

const weights = createParser({ parse: readWeights, serialize: writeWeights, eq: (a, b) => writeWeights(a) === writeWeights(b) })
const standings = createParser({
  parse: (text) => BlendSpec.shape.standings.safeParse(text.split(',')).data ?? null,
  serialize: (list: BlendSpec['standings']) => list.join(','),
  eq: (a, b) => a.join() === b.join(),
})
const share = createParser({ parse: (text) => { const p = parseAsFloat.parse(text); return p !== null && p >= 0 && p <= 1 ? p : null }, serialize: String })
const base = BlendSpec.parse({})

const PARTS = {
  p: share.withDefault(base.p),
  weights: weights.withDefault(base.weights),
  standings: standings.withDefault(base.standings),
  fallback: parseAsBoolean.withDefault(base.fallback),
  seed: parseAsInteger.withDefault(base.seed),
  mode: parseAsStringLiteral(MODES).withDefault(base.mode),
  filter: parseAsString.withDefault(base.filter),
  includeNothingRecognised: parseAsBoolean.withDefault(base.includeNothingRecognised),
}

/** The blend of the screen, all of it in the address. */
export function useBlend() {
  const [state, setState] = useQueryStates(PARTS, { urlKeys: { includeNothingRecognised: 'nothing' }, throttleMs: 100 })
  // the same blend is the same object, so that nothing is asked for twice
  const text = JSON.stringify(state)
  const spec = useMemo(() => BlendSpec.parse(JSON.parse(text)), [text])
  const change = useCallback((part: Partial<BlendSpec>) => void setState(part), [setState])
  return { spec, change }
}
export type Change = ReturnType<typeof useBlend>['change']
