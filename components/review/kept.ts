'use client'

import { useCallback, useSyncExternalStore } from 'react'

const CHANGED = 'recaption-kept'
const browser = () => localStorage
/** This tab alone, for as long as it is there. */
export const tab = () => sessionStorage
const read = (name: string, place: () => Storage): string | null => {
  try {
    return place().getItem(name)
  } catch {
    return null
  }
}

/** A text that this browser keeps, the same in all its tabs unless the place is this `tab`; null when there is none, and while the server draws the page. */
export function useKept(name: string, place: () => Storage = browser): [string | null, (text: string | null) => void] {
  const subscribe = useCallback((tell: () => void) => {
    window.addEventListener('storage', tell)
    window.addEventListener(CHANGED, tell)
    return () => {
      window.removeEventListener('storage', tell)
      window.removeEventListener(CHANGED, tell)
    }
  }, [])
  const text = useSyncExternalStore(subscribe, () => read(name, place), () => null)
  const keep = useCallback(
    (value: string | null) => {
      try {
        if (value === null) place().removeItem(name)
        else place().setItem(name, value)
      } catch {
        // A browser that keeps nothing asks again next time.
      }
      window.dispatchEvent(new Event(CHANGED))
    },
    [name, place],
  )
  return [text, keep]
}
