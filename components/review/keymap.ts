import { z } from 'zod'

/** Acts of the desk whose keys a person may change, in the order of the settings. Ids are kept in browsers. */
export const DESK_ACTS = [
  { id: 'approve', label: 'Approve' },
  { id: 'reject', label: 'Reject' },
  { id: 'edit', label: 'Edit' },
  { id: 'flag', label: 'Flag the alt text' },
  { id: 'drop', label: 'Drop or keep the sample' },
  { id: 'recaption', label: 'Recaption this one' },
  { id: 'skip', label: 'Skip' },
  { id: 'undo', label: 'Undo' },
  { id: 'redo', label: 'Redo' },
  { id: 'undecided', label: 'Next undecided' },
  { id: 'nextSample', label: 'Next sample' },
  { id: 'previousSample', label: 'Previous sample' },
  { id: 'nextCaption', label: 'Next caption' },
  { id: 'previousCaption', label: 'Previous caption' },
  { id: 'compare', label: 'Compare with another text' },
  { id: 'zoom', label: 'Fit or full size' },
] as const
export type DeskAct = (typeof DESK_ACTS)[number]['id']
/** Bindings of tinykeys; several are joined by ` | `. */
export type Keymap = Record<DeskAct, string>

const RECAPTION: Keymap = {
  approve: 'a', reject: 'x', edit: 'e', flag: 'f', drop: 'd', recaption: 'r', skip: 'Space', undo: 'z | $mod+z', redo: '$mod+Shift+z', undecided: 'n',
  nextSample: 'j | ArrowRight', previousSample: 'k | ArrowLeft', nextCaption: 'ArrowDown', previousCaption: 'ArrowUp', compare: 'v', zoom: 'i',
}

/** Prodigy: a accepts, x rejects, space ignores, backspace undoes. Label Studio: Ctrl+Enter submits, Ctrl+Space skips. */
export const PRESETS: readonly { id: string; label: string; keys: Keymap }[] = [
  { id: 'recaption', label: 'Recaption', keys: RECAPTION },
  { id: 'prodigy', label: 'Prodigy', keys: { ...RECAPTION, undo: 'Backspace | $mod+z | z' } },
  { id: 'label-studio', label: 'Label Studio', keys: { ...RECAPTION, approve: '$mod+Enter | a', skip: '$mod+Space | Space', undo: '$mod+z', edit: '$mod+e | e' } },
]
export const DEFAULT_KEYMAP = RECAPTION

/** Keys that mean something fixed: digits focus or give a reason, the others end or walk. */
const FIXED = new Set(['Enter', 'Escape', 'Tab', 'Shift+Tab', 'Shift+?', '?', ...'0123456789'])
const PRESS = /^(?:(?:\$mod|Control|Alt|Shift|Meta)\+)*(?:[a-z]|Space|Backspace|Delete|Enter|Home|End|PageUp|PageDown|Arrow(?:Up|Down|Left|Right)|F\d{1,2}|[.,;/'[\]-])$/

/** Why a binding cannot be used; null when it can. */
export function faultOf(binding: string): string | null {
  for (const press of binding.split(' | ')) {
    if (!PRESS.test(press)) return `“${press}” is not a key the desk understands.`
    if (FIXED.has(press)) return `“${press}” has a fixed meaning at the desk.`
  }
  return null
}

/** Acts that share a key with another: both would be asked for at once. */
export function clashes(keys: Keymap): { press: string; acts: DeskAct[] }[] {
  const byPress = Map.groupBy(DESK_ACTS.flatMap(({ id }) => keys[id].split(' | ').map((press) => ({ id, press }))), (one) => one.press)
  return [...byPress].filter(([, all]) => all.length > 1).map(([press, all]) => ({ press, acts: all.map((one) => one.id) }))
}

const Stored = z.record(z.string(), z.string().max(60))

/** The keys a browser kept; whatever is unknown, malformed or clashes falls back to the default. */
export function parseKeymap(text: string | null): Keymap {
  let stored: Record<string, string> = {}
  try {
    stored = Stored.parse(JSON.parse(text ?? '{}'))
  } catch {
    return DEFAULT_KEYMAP
  }
  const keys = Object.fromEntries(DESK_ACTS.map(({ id }) => [id, Object.hasOwn(stored, id) && faultOf(stored[id]) === null ? stored[id] : DEFAULT_KEYMAP[id]])) as Keymap
  return clashes(keys).length ? DEFAULT_KEYMAP : keys
}

/** The binding that a press of the keyboard spells; null for a lone modifier. */
export function pressOf(event: Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>): string | null {
  if (['Control', 'Shift', 'Alt', 'Meta'].includes(event.key)) return null
  const key = event.key === ' ' ? 'Space' : event.key.length === 1 ? event.key.toLowerCase() : event.key
  return [event.ctrlKey || event.metaKey ? '$mod' : '', event.altKey ? 'Alt' : '', event.shiftKey ? 'Shift' : '', key].filter(Boolean).join('+')
}
