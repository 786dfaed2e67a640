'use client'

import { createContext, useCallback, useContext, useEffect, useId, useMemo, useState, type ReactNode } from 'react'

type Wrong = { labels: readonly string[]; tell: (id: string, label: string | null) => void }
const WrongFields = createContext<Wrong>({ labels: [], tell: () => {} })

/** Knows which of the fields within hold what cannot be used: their last good value stands in the request, but nobody asks for that. */
export function FieldWatch({ children }: { children: ReactNode }) {
  const [wrong, setWrong] = useState<ReadonlyMap<string, string>>(new Map())
  const tell = useCallback((id: string, label: string | null) => setWrong((before) => new Map([...[...before].filter(([one]) => one !== id), ...(label === null ? [] : [[id, label] as const])])), [])
  const value = useMemo(() => ({ labels: [...wrong.values()], tell }), [wrong, tell])
  return <WrongFields value={value}>{children}</WrongFields>
}

/** Says of a field that it is wrong, until it is right again or gone. */
export function useWrong(label: string, wrong: boolean): void {
  const id = useId()
  const { tell } = useContext(WrongFields)
  useEffect(() => {
    if (!wrong) return
    tell(id, label)
    return () => tell(id, null)
  }, [tell, id, label, wrong])
}

/** A sentence that names the fields that are wrong; undefined when all are right. */
export function useWhyWrong(): string | undefined {
  const { labels } = useContext(WrongFields)
  return labels.length ? `${labels.map((label) => `“${label}”`).join(' and ')} cannot be used as ${labels.length > 1 ? 'they stand' : 'it stands'}. Mend ${labels.length > 1 ? 'them' : 'it'} first.` : undefined
}
