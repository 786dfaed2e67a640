'use client'

import { useCallback, useSyncExternalStore } from 'react'

const CHANGED = 'recaption-kept'
const read = (name: string): string | null => {
  try {
    return localStorage.getItem(name)
  } catch {
    return null
  }
}

/** A text that this browser keeps, the same in all its tabs; null when there is none, and while the server draws the page. */
export function useKept(name: string): [string | null, (text: string) => void] {
  const subscribe = useCallback((tell: () => void) => {
    window.addEventListener('storage', tell)
    window.addEventListener(CHANGED, tell)
    return () => {
      window.removeEventListener('storage', tell)
      window.removeEventListener(CHANGED, tell)
    }
  }, [])
  const text = useSyncExternalStore(subscribe, () => read(name), () => null)
  const keep = useCallback(
    (value: string) => {
      try {
        localStorage.setItem(name, value)
      } catch {
        // A browser that keeps nothing asks again next time.
      }
      window.dispatchEvent(new Event(CHANGED))
    },
    [name],
  )
  return [text, keep]
}
