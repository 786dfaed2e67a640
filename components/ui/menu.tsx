'use client'

import { Menu as Base } from '@base-ui/react/menu'
import { Check } from 'lucide-react'
import Link from 'next/link'
import type { ReactElement } from 'react'
import { cx } from './class-names'

export type MenuEntry = { label: string; href?: string; onSelect?: () => void; checked?: boolean; hint?: string; danger?: boolean; disabled?: boolean }

/** A button that opens a list of acts or places. */
export function Menu({ trigger, entries, label, align = 'start' }: { trigger: ReactElement; entries: readonly MenuEntry[]; label: string; align?: 'start' | 'end' }) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner sideOffset={4} align={align} className="z-50 outline-none">
          <Base.Popup aria-label={label} className="max-h-[70dvh] min-w-44 max-w-80 overflow-auto rounded-medium border border-line bg-raised py-1 text-ink shadow-float outline-none">
            {entries.map((entry) => (
              <Base.Item
                key={entry.label}
                disabled={entry.disabled}
                onClick={entry.onSelect}
                render={entry.href ? <Link href={entry.href} /> : undefined}
                className={cx('flex min-h-8 cursor-default items-center gap-2 px-3 py-1 outline-none data-highlighted:bg-hover data-disabled:opacity-50', entry.danger && 'text-rejected')}
              >
                <span className="w-4 shrink-0">{entry.checked && <Check size={14} aria-label="chosen" />}</span>
                <span className="min-w-0 flex-1 truncate">{entry.label}</span>
                {entry.hint && <span className="max-w-40 text-right text-faint tabular-nums">{entry.hint}</span>}
              </Base.Item>
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
