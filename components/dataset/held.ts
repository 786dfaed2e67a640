import { readFilter } from './terms'

/** Why steps on all that match have to wait: what stands in the box is not what is applied. '' when it is. */
export function heldBack(draft: string, applied: string): string {
  if (draft === applied || draft.trim() === applied) return ''
  return readFilter(draft).filter
    ? 'The filter in the box is not applied yet.'
    : 'The filter in the box cannot be read, so it is not applied. Mend it, or press Esc in it to go back to the last one.'
}
