import { expect, test } from 'vitest'
import { clipCut, clipTokens } from './tokens'

test.each([
  ['', 2],
  ['a cat sits on a mat', 8],
  ['A CAT   sits on a mat', 8],
  ["it's 2024", 8], // it 's 2 0 2 4
  ['hello world!', 5],
  ['the constructor', 5], // a word that every object has as a field
])('%j has %i tokens', (text, tokens) => expect(clipTokens(text)).toBe(tokens))

test('HTML entities count as what they stand for', () => {
  expect(clipTokens('salt &amp; pepper')).toBe(clipTokens('salt & pepper'))
  expect(clipTokens('R&#38;B')).toBe(clipTokens('R&B'))
})

test('text outside ASCII is counted by its UTF-8 bytes', () => {
  expect(clipTokens('café')).toBe(3)
  expect(clipTokens('漢')).toBeGreaterThanOrEqual(3)
  expect(clipTokens('漢字')).toBeLessThanOrEqual(8)
})

test('the cut stands after the last word that fits', () => {
  const words = Array.from({ length: 80 }, () => 'cat').join(' ')
  const cut = clipCut(words)
  expect(cut).toBe('cat '.repeat(75).length - 1)
  expect(clipTokens(words.slice(0, cut ?? 0))).toBe(77)
  expect(clipCut('a cat sits on a mat')).toBeNull()
  expect(clipCut(words, 227)).toBeNull()
})
