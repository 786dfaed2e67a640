'use client'

import { useEffect, useState } from 'react'

/** A value once it has been still for a while: what costs a request waits until the hand rests. */
export function useSettled<T>(value: T, ms = 250): T {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), ms)
    return () => clearTimeout(timer)
  }, [value, ms])
  return settled
}
