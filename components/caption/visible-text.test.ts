import { expect, test } from 'vitest'
import { visiblePieces } from './visible-text'

test('plain text is one piece, with its line breaks', () => {
  expect(visiblePieces('a bus\non a\troad')).toEqual([{ text: 'a bus\non a\troad' }])
})

test('what is hidden is shown by its code point', () => {
  expect(visiblePieces('a\u202eb\0').map((piece) => piece.mark ?? piece.text)).toEqual(['a', 'U+202E', 'b', 'U+0000'])
  expect(visiblePieces('\u{e0041}').map((piece) => piece.mark)).toEqual(['U+E0041'])
  expect(visiblePieces('x\ud800y').map((piece) => piece.mark)).toEqual([undefined, 'U+D800', undefined])
})

test('joiners that spell an emoji or a word stay where they are', () => {
  expect(visiblePieces('👩‍🍳 می‌خواهم')).toHaveLength(1)
  expect(visiblePieces('zero\u200dwidth')).toHaveLength(3)
})

test('the pieces together are the text', () => {
  const text = '\ufeffA “quote” \u200b<b>markup</b>\u0007 end'
  expect(visiblePieces(text).map((piece) => piece.text).join('')).toBe(text)
})
