/** What is selected: single samples, or all that the filter finds, those not yet on the page included. */
export type Selection = { all: boolean; ids: ReadonlySet<number>; anchor: number | null }
export type Step = { do: 'toggle' | 'range'; id: number; order: readonly number[] } | { do: 'all' } | { do: 'clear' }

export const nothing: Selection = { all: false, ids: new Set(), anchor: null }

/** A filter names each selected sample, so there is an end to how many may be chosen one by one. */
export const MOST = 500

export function select(before: Selection, step: Step): Selection {
  if (step.do === 'clear') return nothing
  if (step.do === 'all') return { ...nothing, all: true }
  const ids = new Set(before.all ? [] : before.ids)
  if (step.do === 'toggle') {
    if (!ids.delete(step.id)) ids.add(step.id)
    return ids.size > MOST ? before : { all: false, ids, anchor: step.id }
  }
  const to = step.order.indexOf(step.id)
  const from = before.anchor === null ? to : step.order.indexOf(before.anchor)
  if (to < 0) return before
  const [first, last] = [Math.min(from < 0 ? to : from, to), Math.max(from, to)]
  for (const id of step.order.slice(first, last + 1)) if (ids.size < MOST) ids.add(id)
  return { all: false, ids, anchor: before.anchor ?? step.id }
}

export const isSelected = (selection: Selection, id: number): boolean => selection.all || selection.ids.has(id)
