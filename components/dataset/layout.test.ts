import { expect, test } from 'vitest'
import { layoutOf } from './layout'

test('three across on a telephone, more on a wide screen', () => {
  expect(layoutOf('grid', 390).columns).toBe(3)
  expect(layoutOf('grid', 1020).columns).toBe(5)
  expect(layoutOf('grid', 2400).columns).toBeGreaterThan(10)
})

test('a row is higher than its picture is wide, and never nothing', () => {
  const { columns, height, gap } = layoutOf('grid', 1020)
  expect(height).toBeGreaterThan((1020 - gap * (columns + 1)) / columns)
  expect(layoutOf('grid', 0).height).toBeGreaterThan(0)
  expect(layoutOf('list', 390)).toEqual({ columns: 1, height: 114, gap: 0 })
})
