import { expect, test } from 'vitest'
import { claimInWords, placeOf } from './words'

test('boxes are told by their place', () => {
  expect(placeOf([0, 0, 0.2, 0.2])).toBe('upper left')
  expect(placeOf([0.4, 0.4, 0.6, 0.6])).toBe('middle')
  expect(placeOf([0.8, 0.4, 1, 0.6])).toBe('right')
  expect(placeOf([0.4, 0.8, 0.6, 1])).toBe('lower middle')
  expect(placeOf([0, 0, 1, 0.9])).toBe('most of the picture')
})

test('a claim says what was found, where, and what a person decided', () => {
  const claim = { sort: 'object' as const, text: 'bus', verdict: 'supported' as const, decision: 'keep' as const, evidence: { says: 'bus seen, 0.98', boxes: [[0, 0, 0.2, 0.2] as [number, number, number, number]], score: 0.98 } }
  expect(claimInWords(claim)).toBe('thing “bus”, supported: bus seen, 0.98. Seen: upper left. Kept by a person.')
})
