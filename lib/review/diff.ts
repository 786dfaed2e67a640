import { diffWordsWithSpace } from 'diff'

export type DiffPart = { text: string; was: 'same' | 'added' | 'removed' }

/** How long one diff may take, in ms; beyond it the whole text counts as rewritten. */
const TIMEOUT = 200

/** What changed from one text to another, by words; the parts that are `same` or `removed` spell the old text. */
export function wordDiff(before: string, after: string): DiffPart[] {
  const changes = diffWordsWithSpace(before, after, { timeout: TIMEOUT })
  if (!changes) return [{ text: before, was: 'removed' }, { text: after, was: 'added' }]
  return changes.map((change) => ({ text: change.value, was: change.added ? 'added' : change.removed ? 'removed' : 'same' }))
}
