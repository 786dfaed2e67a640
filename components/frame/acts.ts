/** Something a person can do on the screen: by key, from the palette, listed in the key map. */
export type Act = {
  label: string
  /** tinykeys binding: `g d`, `$mod+k`, `[Shift]+?`; several ways to do it are joined by ` | ` */
  keys?: string
  /** heading in the key map and the palette */
  group?: string
  /** too small a step to be offered in the palette: arrows and such */
  minor?: boolean
  /** it merely moves: a key that is held goes on doing it; anything else is done once a press */
  repeats?: boolean
  /** false leaves the press to the browser */
  applies?: (event: KeyboardEvent) => boolean
  run: (event?: KeyboardEvent) => void
}

/** The bindings of an act, one by one. */
export const bindingsOf = (act: Pick<Act, 'keys'>): string[] => (act.keys ? act.keys.split(' | ') : [])

/** One handler a binding. What was registered later is nearer to the person, so it goes first. */
export function keymapOf(acts: readonly Act[]): Map<string, Act> {
  const map = new Map<string, Act>()
  for (const act of acts) for (const binding of bindingsOf(act)) map.set(binding, act)
  return map
}

/** Acts under their headings, in order of first appearance. */
export function byGroup(acts: readonly Act[]): [group: string, acts: Act[]][] {
  return [...Map.groupBy(acts, (act) => act.group ?? 'This screen')]
}

type Target = { tagName?: string; isContentEditable?: boolean; type?: string } | null
const TYPED = new Set(['INPUT', 'TEXTAREA', 'SELECT'])
const NOT_TYPED = new Set(['checkbox', 'radio', 'range', 'button', 'submit'])

/** Ctrl or ⌘ with these edits the text under the cursor. */
const EDITS = new Set(['a', 'c', 'v', 'x', 'y', 'z', 'ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Backspace', 'Delete', 'Enter'])

/** Whether keys go into the text under the cursor; with Ctrl or ⌘ held most of them are ours even there. */
export function isTyping(event: { target: unknown; key: string; ctrlKey: boolean; metaKey: boolean }): boolean {
  if ((event.ctrlKey || event.metaKey) && !EDITS.has(event.key)) return false
  const target = event.target as Target
  if (!target) return false
  return Boolean(target.isContentEditable) || (TYPED.has(target.tagName ?? '') && !NOT_TYPED.has(target.type ?? ''))
}

/** What a press of these means where a control has the focus is for the control: Enter presses it, Tab leaves it. */
const OF_CONTROLS = new Set(['Enter', ' ', 'Backspace', 'Tab'])
const CONTROL = 'button, a, summary, select, input, [role="tab"], [role="menuitem"], [role="checkbox"]'
const isInside = (target: unknown, selector: string) => typeof Element !== 'undefined' && target instanceof Element && target.closest(selector) !== null

/** Whether the control in focus wants this press for itself. */
export const isOfControl = (event: { target: unknown; key: string }, inside = isInside): boolean => OF_CONTROLS.has(event.key) && inside(event.target, CONTROL)

/** A held Enter presses a button again and again, and with it whatever the button decides. */
export const pressesAgain = (event: { target: unknown; key: string; repeat: boolean }, inside = isInside): boolean => event.repeat && event.key === 'Enter' && inside(event.target, 'button')

/** How well an act's words fit what is typed, 0 to 1: every word must begin one of its words, in any order. */
export function rankOf(words: string, typed: string): number {
  const [there, wanted] = [words, typed].map((text) => text.toLowerCase().split(/[^\p{L}\p{N}]+/u).filter(Boolean))
  if (!wanted.every((one) => there.some((word) => word.startsWith(one)))) return 0
  return words.toLowerCase().includes(typed.toLowerCase().trim()) ? 1 : 0.5
}
