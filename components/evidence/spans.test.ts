import fc from 'fast-check'
import { expect, test } from 'vitest'
import { piecesOf } from './spans'

test('a narrow claim inside a wide one comes first', () => {
  const pieces = piecesOf('a gray bus', [{ id: 1, start: 2, end: 10 }, { id: 2, start: 7, end: 10 }])
  expect(pieces).toEqual([
    { text: 'a ', start: 0, claims: [] },
    { text: 'gray ', start: 2, claims: [1] },
    { text: 'bus', start: 7, claims: [2, 1] },
  ])
})

test('the pieces spell the text, whatever the claims', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), fc.array(fc.record({ id: fc.nat(), start: fc.integer({ min: -5, max: 70 }), end: fc.integer({ min: -5, max: 70 }) }), { maxLength: 8 }), (text, spans) => {
      expect(piecesOf(text, spans).map((piece) => piece.text).join('')).toBe(text)
    }),
  )
})
