'use client'

import { useState } from 'react'

/** Esc and × ask before something is lost; what ends the asking stands in the sheet. */
export function useLeave(close: () => void, loses: boolean) {
  const [asked, setAsking] = useState(false)
  return {
    asking: asked && loses,
    stay: () => setAsking(false),
    onOpenChange: (open: boolean) => {
      if (open) return
      if (loses) setAsking(true)
      else close()
    },
  }
}
