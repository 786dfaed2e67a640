import { expect, test } from 'vitest'
import { swipeOf } from './use-swipe'

test('only a long, flat stroke is a swipe', () => {
  expect(swipeOf(-120, 20)).toBe('left')
  expect(swipeOf(120, -20)).toBe('right')
  expect(swipeOf(40, 0)).toBeNull()
  expect(swipeOf(120, 90)).toBeNull()
})
