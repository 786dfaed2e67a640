'use client'

import { Dialog } from '../ui/dialog'
import { Kbd } from '../ui/kbd'
import { bindingsOf, byGroup, type Act } from './acts'

export function KeyMapDialog({ acts, open, onOpenChange }: { acts: readonly Act[]; open: boolean; onOpenChange: (open: boolean) => void }) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} informs title="Keys of this screen">
      <div className="grid gap-6 sm:grid-cols-2">
        {byGroup(acts.filter((act) => act.keys)).map(([group, list]) => (
          <section key={group} className="flex flex-col gap-1">
            <h3 className="font-semibold">{group}</h3>
            <dl className="flex flex-col">
              {list.map((act) => (
                <div key={act.label} className="flex items-center justify-between gap-4 border-b border-line py-1 last:border-0">
                  <dt className="text-soft">{act.label}</dt>
                  <dd className="flex items-center gap-2">{bindingsOf(act).map((keys) => <Kbd key={keys} keys={keys} />)}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}
