import { diffWordsWithSpace } from 'diff'

export type DiffPart = { text: string; change: 'same' | 'added' | 'removed' }

/** Beyond this many characters together, word by word would hold up the page: the texts are shown whole. */
const MAX_LENGTH = 20_000

/** What must go and come to make `after` of `before`, word by word. */
export function wordDiff(before: string, after: string): DiffPart[] {
  if (before === after) return before ? [{ text: before, change: 'same' }] : []
  const whole: DiffPart[] = [{ text: before, change: 'removed' }, { text: after, change: 'added' }]
  const parts = before.length + after.length > MAX_LENGTH ? undefined : diffWordsWithSpace(before, after)
  return parts ? parts.map(({ value, added, removed }) => ({ text: value, change: added ? 'added' : removed ? 'removed' : 'same' })) : whole.filter((part) => part.text)
}
