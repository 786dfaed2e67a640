import { expect, test } from 'vitest'
import { bars, stepFor } from './bins'

const one = (counts: number[], id = 'a') => ({ id, label: id, counts })

test('bars hold the share of their own series, in percent', () => {
  expect(bars([one([1, 1, 2]), one([0, 0, 0, 8], 'b')], 2, 10)).toEqual([
    { label: '0–1', from: 0, a: 50, b: 0 },
    { label: '2–3', from: 2, a: 50, b: 100 },
  ])
})

test('what is beyond the last bar stands in it, and it says so', () => {
  const drawn = bars([one([0, 1, 0, 0, 0, 0, 0, 3])], 1, 4)
  expect(drawn.map((bar) => [bar.label, bar.a])).toEqual([['0', 0], ['1', 25], ['2', 0], ['3 and more', 75]])
})

test('an empty series is drawn as nothing', () => expect(bars([one([0, 0])], 5, 10)).toEqual([{ label: '0–4', from: 0, a: 0 }]))

test('the step is the narrowest that fits', () => {
  expect(stepFor([one([0, 0, 1])], 10)).toBe(1)
  expect(stepFor([one([...Array<number>(99).fill(0), 1])], 40)).toBe(5)
  expect(stepFor([one([...Array<number>(99).fill(0), 1])], 100)).toBe(1)
})
