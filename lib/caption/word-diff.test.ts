import fc from 'fast-check'
import { expect, test } from 'vitest'
import { wordDiff } from './word-diff'

test('marks the words that changed and nothing else', () => {
  const parts = wordDiff('A gray bus on the left.', 'A red bus on the left.')
  expect(parts.filter((part) => part.was === 'removed').map((part) => part.text.trim())).toEqual(['gray'])
  expect(parts.filter((part) => part.was === 'added').map((part) => part.text.trim())).toEqual(['red'])
})

test('both texts can be read off the parts', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 80 }), fc.string({ maxLength: 80 }), (before, after) => {
      const parts = wordDiff(before, after)
      expect(parts.filter((part) => part.was !== 'added').map((part) => part.text).join('')).toBe(before)
      expect(parts.filter((part) => part.was !== 'removed').map((part) => part.text).join('')).toBe(after)
    }),
  )
})

test('the words of one change stand together', () => {
  expect(wordDiff('a brown dog', 'a white dog')).toEqual([
    { text: 'a ', was: 'same' },
    { text: 'brown', was: 'removed' },
    { text: 'white', was: 'added' },
    { text: ' dog', was: 'same' },
  ])
})

test('very long texts are shown whole', () => {
  const long = 'word '.repeat(5000)
  expect(wordDiff(long, `${long}x`)).toHaveLength(2)
})
