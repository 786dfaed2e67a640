import fc from 'fast-check'
import { expect, test } from 'vitest'
import { wordDiff } from './word-diff'

test('marks the words that changed and nothing else', () => {
  const parts = wordDiff('A gray bus on the left.', 'A red bus on the left.')
  expect(parts.filter((part) => part.change === 'removed').map((part) => part.text.trim())).toEqual(['gray'])
  expect(parts.filter((part) => part.change === 'added').map((part) => part.text.trim())).toEqual(['red'])
})

test('both texts can be read off the parts', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 80 }), fc.string({ maxLength: 80 }), (before, after) => {
      const parts = wordDiff(before, after)
      expect(parts.filter((part) => part.change !== 'added').map((part) => part.text).join('')).toBe(before)
      expect(parts.filter((part) => part.change !== 'removed').map((part) => part.text).join('')).toBe(after)
    }),
  )
})

test('very long texts are shown whole', () => {
  const long = 'word '.repeat(5000)
  expect(wordDiff(long, `${long}x`)).toHaveLength(2)
})
