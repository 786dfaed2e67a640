import { expect, test } from 'vitest'
import { axisOf, bars } from './bins'

const one = (counts: number[], id = 'a') => ({ id, label: id, counts })
const drawn = (most: number, ...series: ReturnType<typeof one>[]) => bars(series, axisOf(series, most))

test('bars hold the share of their own series, in percent', () => {
  expect(bars([one([1, 1, 2]), one([0, 0, 0, 8], 'b')], { step: 2, bars: 2, open: false })).toEqual([
    { label: '0–1', from: 0, a: 50, b: 0 },
    { label: '2–3', from: 2, a: 50, b: 100 },
  ])
})

test('a few monstrous texts stand in the last bar, which says so, and squeeze nothing', () => {
  const counts = [...[0, 100, 100, 0, 0], ...Array<number>(195).fill(0), 1]
  expect(drawn(10, one(counts)).map((bar) => [bar.label, Math.round(Number(bar.a))])).toEqual([['0', 0], ['1', 50], ['2', 50], ['3 and more', 0]])
  expect(Number(drawn(10, one(counts))[3].a)).toBeGreaterThan(0)
})

test('nothing is lost and no more bars are drawn than asked for', () => {
  for (const length of [1, 7, 40, 201])
    for (const most of [8, 24, 40]) {
      const rows = drawn(most, one(Array.from({ length }, (_, i) => (i * 7) % 5)), one([0, 3], 'b'))
      expect(rows.length).toBeLessThanOrEqual(most)
      if (length > 1) expect(rows.reduce((sum, row) => sum + Number(row.a), 0)).toBeCloseTo(100)
      expect(rows.reduce((sum, row) => sum + Number(row.b), 0)).toBeCloseTo(100)
    }
})

test('an empty series is drawn as nothing', () => expect(drawn(10, one([0, 0]))).toEqual([{ label: '0', from: 0, a: 0 }]))

test('the step is the narrowest that fits', () => {
  expect(axisOf([one([0, 0, 1])], 10)).toEqual({ step: 1, bars: 3, open: false })
  expect(axisOf([one([...Array<number>(99).fill(0), 1])], 40).step).toBe(5)
})
