'use client'

import { Tooltip } from '@base-ui/react/tooltip'
import type { ReactElement } from 'react'
import { Kbd } from './kbd'

/** A word on what an element does. It must say it by itself too (aria-label): a tooltip is not read aloud everywhere. */
export function Tip({ label, keys, children }: { label: string; keys?: string; children: ReactElement }) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger render={children} />
      <Tooltip.Portal>
        <Tooltip.Positioner sideOffset={6} className="pointer-events-none z-50">
          <Tooltip.Popup className="pointer-events-none flex max-w-80 items-center gap-2 rounded-medium border border-line bg-raised px-2 py-1 text-data text-ink shadow-float">
            {label}
            {keys && <Kbd keys={keys} />}
          </Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  )
}
