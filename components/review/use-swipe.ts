'use client'

import { useRef, type TouchEvent } from 'react'

/** px; a shorter or steeper stroke is a scroll or a tap. */
const FAR = 80
const FLAT = 2

/** Whether a stroke was a swipe, and which way. */
export function swipeOf(dx: number, dy: number): 'left' | 'right' | null {
  if (Math.abs(dx) < FAR || Math.abs(dx) < FLAT * Math.abs(dy)) return null
  return dx < 0 ? 'left' : 'right'
}

/** One finger drawn across, left or right; two fingers zoom, and strokes inside a text field or a row of buttons are their own. */
export function useSwipe({ on, onLeft, onRight }: { /** false while a stroke means something else, as moving a zoomed picture does */ on: boolean; onLeft: () => void; onRight: () => void }) {
  const from = useRef<{ x: number; y: number } | null>(null)
  return {
    onTouchStart: (event: TouchEvent) => {
      const own = event.target instanceof Element && event.target.closest('textarea, input, [role="toolbar"], [role="status"]')
      from.current = on && event.touches.length === 1 && !own ? { x: event.touches[0].clientX, y: event.touches[0].clientY } : null
    },
    onTouchCancel: () => {
      from.current = null
    },
    onTouchEnd: (event: TouchEvent) => {
      const start = from.current
      from.current = null
      if (!on || !start || event.touches.length > 0) return
      const end = event.changedTouches[0]
      const way = swipeOf(end.clientX - start.x, end.clientY - start.y)
      if (way === 'left') onLeft()
      if (way === 'right') onRight()
    },
  }
}
