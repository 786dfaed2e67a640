'use client'

import { useSyncExternalStore } from 'react'
import { absoluteTime, relativeTime } from './time'

const MINUTE = 60_000
const everyMinute = (tell: () => void) => {
  const timer = setInterval(tell, MINUTE)
  return () => clearInterval(timer)
}
const minute = () => Math.ceil(Date.now() / MINUTE) * MINUTE

/** How long ago; the moment itself on hover. The server writes the moment, since only the browser knows its clock. */
export function RelativeTime({ at }: { at: string }) {
  const now = useSyncExternalStore<number | null>(everyMinute, minute, () => null)
  return <time dateTime={at} title={absoluteTime(at)}>{now === null ? absoluteTime(at).slice(0, 10) : relativeTime(at, now)}</time>
}
