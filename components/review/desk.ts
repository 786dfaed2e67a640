import type { RejectReason } from '@/lib/review/schema'

/** What the keys mean now. */
export type Mode =
  | { is: 'look' }
  | { is: 'reject'; reasons: RejectReason[] }
  | { is: 'drop'; reasons: string[] }
  | { is: 'edit' }
  | { is: 'claims'; claim: number }
export const COMPARISONS = ['claims', 'parent', 'alt', 'model'] as const
export type Comparison = (typeof COMPARISONS)[number]

export type DeskState = { at: number; /** the caption in focus; null: the first that waits */ focus: number | null; /** the text just made of this caption is in focus */ follow: number | null; mode: Mode; compare: Comparison; full: boolean }
export const AT_START: DeskState = { at: 0, focus: null, follow: null, mode: { is: 'look' }, compare: 'claims', full: false }

export type DeskMove =
  | { is: 'go'; to: number; focus?: number | null }
  | { is: 'focus'; caption: number }
  | { is: 'follow'; parent: number }
  | { is: 'mode'; mode: Mode }
  | { is: 'reason'; reason: string }
  | { is: 'compare'; with: Comparison }
  | { is: 'zoom' }

const toggled = <T,>(all: readonly T[], one: T): T[] => (all.includes(one) ? all.filter((other) => other !== one) : [...all, one])

export function desk(state: DeskState, move: DeskMove): DeskState {
  switch (move.is) {
    case 'go':
      return { ...state, at: Math.max(0, move.to), focus: move.focus ?? null, follow: null, mode: { is: 'look' } }
    case 'focus':
      return { ...state, focus: move.caption, follow: null, mode: { is: 'look' } }
    case 'follow':
      return { ...state, follow: move.parent, compare: 'parent', mode: { is: 'look' } }
    case 'mode':
      return { ...state, mode: move.mode }
    case 'reason':
      if (state.mode.is === 'reject') return { ...state, mode: { is: 'reject', reasons: toggled(state.mode.reasons, move.reason as RejectReason) } }
      return state.mode.is === 'drop' ? { ...state, mode: { is: 'drop', reasons: toggled(state.mode.reasons, move.reason) } } : state
    case 'compare':
      return { ...state, compare: move.with }
    case 'zoom':
      return { ...state, full: !state.full }
  }
}

/** The place of the next sample with something undecided after `at`, then from the front; null when there is none here. */
export function nextUndecided(waits: readonly boolean[], at: number): number | null {
  const ahead = waits.indexOf(true, at + 1)
  if (ahead >= 0) return ahead
  const behind = waits.indexOf(true)
  return behind >= 0 && behind !== at ? behind : null
}

/** Decisions a minute over the last five minutes, or since the first of them; null until there are enough to tell. */
export function rateOf(taken: readonly number[], now: number): number | null {
  const recent = taken.filter((at) => now - at <= 300_000)
  if (recent.length < 3) return null
  return (recent.length * 60_000) / Math.max(10_000, now - recent[0])
}
