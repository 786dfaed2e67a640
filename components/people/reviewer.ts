'use client'

import { useSyncExternalStore } from 'react'
import { ReviewerName } from '@/lib/review/schema'

/** Where this browser keeps who sits at it. */
const PLACE = 'reviewer'
/** Who decides while nobody said a name. */
export const NOBODY = 'me'

const CHANGED = 'reviewer changed'
const listen = (tell: () => void) => {
  window.addEventListener('storage', tell)
  window.addEventListener(CHANGED, tell)
  return () => {
    window.removeEventListener('storage', tell)
    window.removeEventListener(CHANGED, tell)
  }
}
const read = () => localStorage.getItem(PLACE)?.trim() || NOBODY

/** Who decides here, and a way to say so; every screen of this browser follows. */
export function useReviewer(): [reviewer: string, say: (name: string) => string | undefined] {
  const reviewer = useSyncExternalStore(listen, read, () => NOBODY)
  /** Returns what is wrong with the name, if anything. */
  const say = (name: string) => {
    const given = ReviewerName.safeParse(name)
    if (!given.success) return given.error.issues[0].message
    localStorage.setItem(PLACE, given.data)
    window.dispatchEvent(new Event(CHANGED))
    return undefined
  }
  return [reviewer, say]
}
