'use client'

import { createContext, use, useEffect, useId, useMemo, useRef, useState, type ReactNode } from 'react'
import { tinykeys } from 'tinykeys'
import { isOfControl, isTyping, keymapOf, pressesAgain, type Act } from './acts'
import { CommandPalette } from './command-palette'
import { KeyMapDialog } from './key-map-dialog'

type Register = (id: string, acts: readonly Act[] | null) => void
type Shell = { openPalette: () => void; openKeyMap: () => void }
const RegisterContext = createContext<Register>(() => undefined)
const ShellContext = createContext<Shell>({ openPalette: () => undefined, openKeyMap: () => undefined })
export const useShell = () => use(ShellContext)

/** Registers what this screen can do: its keys work, `?` lists them, the palette offers them. */
export function useActs(acts: readonly Act[]) {
  const id = useId()
  const register = use(RegisterContext)
  const latest = useRef(acts)
  useEffect(() => {
    latest.current = acts
  })
  const shape = JSON.stringify(acts.map(({ label, keys, group, minor, repeats }) => ({ label, keys, group, minor, repeats })))
  useEffect(() => {
    const entries = (JSON.parse(shape) as Omit<Act, 'run'>[]).map((entry, i): Act => ({ ...entry, applies: (event) => latest.current[i]?.applies?.(event) ?? true, run: (event) => latest.current[i]?.run(event) }))
    register(id, entries)
    return () => register(id, null)
  }, [id, register, shape])
}

const inDialog = (event: KeyboardEvent) => event.target instanceof Element && event.target.closest('[role="dialog"], [role="menu"], [role="listbox"]') !== null

export function KeysProvider({ children }: { children: ReactNode }) {
  const [groups, setGroups] = useState<ReadonlyMap<string, readonly Act[]>>(new Map())
  const [open, setOpen] = useState<'palette' | 'keys' | null>(null)
  const shell = useMemo<Shell>(() => ({ openPalette: () => setOpen('palette'), openKeyMap: () => setOpen('keys') }), [])
  const register = useMemo<Register>(
    () => (id, acts) =>
      setGroups((before) => {
        const after = new Map(before)
        if (acts) after.set(id, acts)
        else after.delete(id)
        return after
      }),
    [],
  )
  const acts = useMemo(
    () => [...[...groups.values()].flat(), { label: 'Every act of this screen', keys: '$mod+k', group: 'Everywhere', minor: true, run: () => setOpen('palette') }, { label: 'Keys of this screen', keys: '[Shift]+?', group: 'Everywhere', run: () => setOpen('keys') }],
    [groups],
  )
  useEffect(() => {
    const bindings = [...keymapOf(acts)].map(([binding, act]) => [
      binding,
      (event: KeyboardEvent) => {
        if (isOfControl(event) || (act.applies && !act.applies(event))) return
        event.preventDefault()
        if (!event.repeat || act.repeats) act.run(event)
      },
    ])
    return tinykeys(window, Object.fromEntries(bindings), { ignore: (event) => event.isComposing || isTyping(event) || inDialog(event) })
  }, [acts])
  useEffect(() => {
    const once = (event: KeyboardEvent) => pressesAgain(event) && event.preventDefault()
    window.addEventListener('keydown', once)
    return () => window.removeEventListener('keydown', once)
  }, [])
  return (
    <RegisterContext value={register}>
      <ShellContext value={shell}>
        {children}
        <CommandPalette acts={acts} open={open === 'palette'} onOpenChange={(is) => setOpen(is ? 'palette' : null)} />
        <KeyMapDialog acts={acts} open={open === 'keys'} onOpenChange={(is) => setOpen(is ? 'keys' : null)} />
      </ShellContext>
    </RegisterContext>
  )
}
