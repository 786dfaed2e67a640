import { expect, test } from 'vitest'
import { wilson } from './interval'

test.each([
  [5, 100, 0.02154, 0.11175],
  [0, 59, 0, 0.06113],
  [0, 100, 0, 0.03699],
  [2, 300, 0.00183, 0.02398],
  [50, 1000, 0.03813, 0.06531],
  [97, 100, 0.91548, 0.98975],
  [563, 800, 0.6712, 0.7344],
  [648, 800, 0.7814, 0.8357],
])('wilson of %i in %i is [%f, %f]', (x, n, low, high) => {
  const [a, b] = wilson(x, n)
  expect(Math.abs(a - low)).toBeLessThan(6e-5)
  expect(Math.abs(b - high)).toBeLessThan(6e-5)
})

test('nothing seen bounds nothing, and all seen reaches 1', () => {
  expect(wilson(0, 0)).toEqual([0, 1])
  expect(wilson(20, 20)[1]).toBe(1)
  expect(wilson(0, 1)[0]).toBe(0)
})
