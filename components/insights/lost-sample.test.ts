import { expect, test } from 'vitest'
import type { Caption } from '../api'
import { losing, marked } from './lost-sample'

let id = 0
const caption = (kind: string, text: string, more: Partial<Caption> = {}): Caption => ({ id: ++id, kind, origin: kind === 'alt' ? 'source' : 'model', standing: 'pending', text, version: 0, words: text.split(' ').length, tokens: null, quarantined: false, createdAt: '2026-01-01', ...more })

test('what no head says goes into the longest head, and what one of them says is not lost', () => {
  const captions = [caption('alt', 'A tram in Lisbon, number 28'), caption('short', 'A tram.'), caption('detailed', 'A yellow tram climbs a narrow street.')]
  const found = losing({ captions })!
  expect(found.list.map((one) => [one.sort, one.text])).toEqual([['place', 'Lisbon'], ['number', '28']])
  expect(found.into.kind).toBe('detailed')
  expect(found.draft).toBe('A yellow tram climbs a narrow street (Lisbon, 28).')
  expect(losing({ captions: [...captions, caption('short', 'Tram 28 in Lisbon.')] })).toBeNull()
})

test('nothing is lost where there is no other caption, none that counts, or no alt text', () => {
  expect(losing({ captions: [caption('alt', 'A tram in Lisbon')] })).toBeNull()
  expect(losing({ captions: [caption('alt', 'A tram in Lisbon'), caption('short', 'A tram.', { standing: 'rejected' })] })).toBeNull()
  expect(losing({ captions: [caption('short', 'A tram.')] })).toBeNull()
})

test('the marked pieces are the text', () => {
  const text = 'A tram in Lisbon, number 28'
  const pieces = marked(text, losing({ captions: [caption('alt', text), caption('short', 'A tram.')] })!.list)
  expect(pieces.map((piece) => piece.text).join('')).toBe(text)
  expect(pieces.filter((piece) => piece.sort).map((piece) => piece.text)).toEqual(['Lisbon', '28'])
})
