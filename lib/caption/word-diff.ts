import { diffWordsWithSpace } from 'diff'

export type DiffPart = { text: string; was: 'same' | 'added' | 'removed' }

/** Beyond this many characters together, or after so many ms, the whole text counts as rewritten: a page waits for it. */
const MAX_LENGTH = 20_000
const TIMEOUT = 200

/** What changed from one text to another, by words; the parts that are `same` or `removed` spell the old text, `same` or `added` the new one. */
export function wordDiff(before: string, after: string): DiffPart[] {
  if (before === after) return before ? [{ text: before, was: 'same' }] : []
  const whole: DiffPart[] = [{ text: before, was: 'removed' }, { text: after, was: 'added' }]
  const changes = before.length + after.length > MAX_LENGTH ? undefined : diffWordsWithSpace(before, after, { timeout: TIMEOUT })
  return changes ? changes.map(({ value, added, removed }) => ({ text: value, was: added ? 'added' : removed ? 'removed' : 'same' })) : whole.filter((part) => part.text)
}
