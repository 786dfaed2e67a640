'use client'

import { Dialog } from '@base-ui/react/dialog'
import { Command } from 'cmdk'
import { Kbd } from '../ui/kbd'
import { bindingsOf, byGroup, rankOf, type Act } from './acts'

export function CommandPalette({ acts, open, onOpenChange }: { acts: readonly Act[]; open: boolean; onOpenChange: (open: boolean) => void }) {
  const choose = (act: Act) => {
    onOpenChange(false)
    act.run()
  }
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-veil" />
        <Dialog.Popup className="fixed top-[12dvh] left-1/2 z-40 w-[min(calc(100vw-24px),560px)] -translate-x-1/2 overflow-hidden rounded-large border border-line bg-raised text-ink shadow-float outline-none">
          <Dialog.Title className="sr-only">Commands</Dialog.Title>
          <Command label="Commands" loop filter={rankOf}>
            <Command.Input autoFocus placeholder="What do you want to do?" className="h-12 w-full border-b border-line bg-transparent px-4 text-caption outline-none" />
            <Command.List className="max-h-[52dvh] overflow-y-auto p-1">
              <Command.Empty className="px-3 py-6 text-soft">Nothing is called that.</Command.Empty>
              {byGroup(acts.filter((act) => !act.minor)).map(([group, list]) => (
                <Command.Group key={group} heading={group} className="[&_[cmdk-group-heading]]:px-3 [&_[cmdk-group-heading]]:py-1 [&_[cmdk-group-heading]]:text-faint">
                  {list.map((act) => (
                    <Command.Item key={act.label} value={`${group} ${act.label}`} onSelect={() => choose(act)} className="flex min-h-8 items-center justify-between gap-3 rounded-medium px-3 data-[selected=true]:bg-hover">
                      <span className="truncate">{act.label}</span>
                      {bindingsOf(act).slice(0, 1).map((keys) => <Kbd key={keys} keys={keys} />)}
                    </Command.Item>
                  ))}
                </Command.Group>
              ))}
            </Command.List>
          </Command>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
