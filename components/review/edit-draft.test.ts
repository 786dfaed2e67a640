import { expect, test } from 'vitest'
import { draftOf, keptDraft } from './edit-draft'

const caption = { text: 'a red bus', standing: 'pending', version: 0 } as const

test('a draft is there until its caption is decided about otherwise', () => {
  const kept = keptDraft(caption, 'a red bus in rain')
  expect(draftOf(caption, kept)).toBe('a red bus in rain')
  expect(draftOf({ ...caption, standing: 'approved' }, kept)).toBeNull()
  expect(draftOf({ ...caption, version: 2 }, kept)).toBeNull()
})

test('a text that is the caption’s own is no draft, and neither is what cannot be read', () => {
  expect(keptDraft(caption, 'a red bus')).toBeNull()
  for (const kept of [null, '', '{', '{"text":7}']) expect(draftOf(caption, kept)).toBeNull()
})
