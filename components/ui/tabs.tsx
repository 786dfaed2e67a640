'use client'

import { Tabs as Base } from '@base-ui/react/tabs'
import type { ReactNode } from 'react'

/** Panels of which one shows; arrows move between the tabs. */
export function Tabs({ tabs, value, onChange, label }: { tabs: readonly { value: string; label: string; panel: ReactNode }[]; value: string; onChange: (value: string) => void; label: string }) {
  return (
    <Base.Root value={value} onValueChange={(next) => onChange(String(next))}>
      <Base.List aria-label={label} className="flex gap-4 border-b border-line px-4">
        {tabs.map((tab) => (
          <Base.Tab key={tab.value} value={tab.value} className="-mb-px border-b-2 border-transparent py-2 text-soft hover:text-ink data-active:border-accent data-active:text-ink">{tab.label}</Base.Tab>
        ))}
      </Base.List>
      {tabs.map((tab) => <Base.Panel key={tab.value} value={tab.value}>{tab.panel}</Base.Panel>)}
    </Base.Root>
  )
}
