import { expect, test } from 'vitest'
import { isSelected, MOST, nothing, select } from './selection'

const order = [10, 11, 12, 13, 14]

test('a click selects and selects no more', () => {
  const one = select(nothing, { do: 'toggle', id: 11, order })
  expect(isSelected(one, 11)).toBe(true)
  expect(select(one, { do: 'toggle', id: 11, order }).ids.size).toBe(0)
})

test('a range runs from the last click, either way', () => {
  const from = select(nothing, { do: 'toggle', id: 13, order })
  expect([...select(from, { do: 'range', id: 11, order }).ids].sort()).toEqual([11, 12, 13])
  expect([...select(from, { do: 'range', id: 14, order }).ids].sort()).toEqual([13, 14])
  expect([...select(nothing, { do: 'range', id: 12, order }).ids]).toEqual([12])
})

test('an anchor that has left the page makes a range of one', () => {
  const gone = select(nothing, { do: 'toggle', id: 99, order: [99] })
  expect([...select(gone, { do: 'range', id: 12, order }).ids].sort()).toEqual([12, 99])
})

test('all is all, until one is touched', () => {
  const all = select(nothing, { do: 'all' })
  expect(isSelected(all, 12345)).toBe(true)
  expect([...select(all, { do: 'toggle', id: 10, order }).ids]).toEqual([10])
  expect(select(all, { do: 'clear' })).toEqual(nothing)
})

test('a range ends at the most that a filter can name', () => {
  const many = Array.from({ length: MOST + 100 }, (_, i) => i)
  const from = select(nothing, { do: 'toggle', id: 0, order: many })
  const full = select(from, { do: 'range', id: MOST + 50, order: many })
  expect(full.ids.size).toBe(MOST)
  expect(select(full, { do: 'toggle', id: MOST + 60, order: many }).ids.size).toBe(MOST)
})
