'use client'

import { useSyncExternalStore } from 'react'
import { limits, type Limit } from '@/lib/caption/limits'

const KEY = 'recaption.trainer'
const listeners = new Set<() => void>()
/** Private windows may refuse to keep anything; then the choice holds until the page is left. */
let chosen: string | null = null

const read = (): string => {
  try {
    return localStorage.getItem(KEY) ?? chosen ?? limits[0].id
  } catch {
    return chosen ?? limits[0].id
  }
}
function listen(tell: () => void) {
  listeners.add(tell)
  window.addEventListener('storage', tell)
  return () => {
    listeners.delete(tell)
    window.removeEventListener('storage', tell)
  }
}
function choose(id: string) {
  chosen = id
  try {
    localStorage.setItem(KEY, id)
  } catch {
    // nothing to keep it in
  }
  for (const tell of listeners) tell()
}

/** The one after, for whoever goes through them by a key. */
export const nextLimit = (id: string): Limit => limits[(limits.findIndex((limit) => limit.id === id) + 1) % limits.length]

/** The text encoder a person trains with, kept in their browser. */
export function useTrainer(): { limit: Limit; choose: (id: string) => void } {
  const id = useSyncExternalStore(listen, read, () => limits[0].id)
  return { limit: limits.find((limit) => limit.id === id) ?? limits[0], choose }
}
