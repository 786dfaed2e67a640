import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CLASS_OF_CATEGORY, CLASSES } from './classes'
import { dropDuplicates, fuse } from './fusion'
import { area, clampBox, contained, iou, suppress, unionBox, type Detection } from './geometry'

const box = fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }))
  .map(([a, b, c, d]) => clampBox(Math.min(a, c), Math.min(b, d), Math.max(a, c), Math.max(b, d)))
const detection: fc.Arbitrary<Detection> = fc.record({ class: fc.integer({ min: 0, max: 3 }), score: fc.double({ min: 0.05, max: 1, noNaN: true }), box })
const cat = (score: number, x = 0.1): Detection => ({ class: 15, score, box: [x, 0.1, x + 0.4, 0.5] })

describe('boxes', () => {
  it('overlap between 0 and 1, the same either way', () => {
    fc.assert(fc.property(box, box, (a, b) => {
      const value = iou(a, b)
      expect(value).toBeCloseTo(iou(b, a), 9)
      expect(value >= 0 && value <= 1 + 1e-9).toBe(true)
      expect(area(unionBox([a, b]))).toBeGreaterThanOrEqual(Math.max(area(a), area(b)) - 1e-12)
    }))
  })
  it('a third of two equal halves', () => expect(iou([0, 0, 0.5, 1], [0.25, 0, 0.75, 1])).toBeCloseTo(1 / 3, 6))
  it('lie in one another', () => expect(contained([0.2, 0.2, 0.3, 0.3], [0, 0, 1, 1])).toBeCloseTo(1, 6))
})

describe('suppress', () => {
  it('keeps the best of one class and what lies elsewhere', () => {
    expect(suppress([cat(0.5), cat(0.9), cat(0.4, 0.55)]).map(({ score }) => score)).toEqual([0.9, 0.4])
  })
  it('never leaves two that overlap', () => {
    fc.assert(fc.property(fc.array(detection, { maxLength: 20 }), (found) => {
      const kept = suppress(found)
      for (const [i, a] of kept.entries()) for (const b of kept.slice(i + 1)) expect(a.class !== b.class || iou(a.box, b.box) <= 0.5).toBe(true)
    }))
  })
})

describe('fuse', () => {
  it('takes the mean of what both see, and half of what one sees', () => {
    expect(fuse([cat(0.6)], [cat(0.7)])).toEqual([{ ...cat(0.7), score: (0.6 * 1.15 + 0.7) / 2 }])
    expect(fuse([], [cat(0.7)])[0].score).toBeCloseTo(0.35, 9)
    expect(fuse([cat(0.6)], [])[0].score).toBeCloseTo(0.345, 9)
  })
  it('does not mix classes', () => expect(fuse([cat(0.6)], [{ ...cat(0.7), class: 16 }])).toHaveLength(2))
  it('gives scores from 0 to 1, best first', () => {
    fc.assert(fc.property(fc.array(detection), fc.array(detection), (a, b) => {
      const scores = fuse(a, b).map(({ score }) => score)
      expect(scores).toEqual(scores.toSorted((x, y) => y - x))
      expect(scores.every((score) => score > 0 && score <= 1)).toBe(true)
      expect(dropDuplicates(fuse(a, b)).length).toBeLessThanOrEqual(scores.length)
    }))
  })
})

describe('dropDuplicates', () => {
  it('drops a part of the same thing, and a weaker class on the same place', () => {
    const part: Detection = { class: 15, score: 0.5, box: [0.15, 0.15, 0.3, 0.3] }
    expect(dropDuplicates([cat(0.9), part, { ...cat(0.6), class: 16 }])).toEqual([cat(0.9)])
  })
})

describe('classes', () => {
  it('are 80, with COCO’s numbers', () => {
    expect(CLASSES).toHaveLength(80)
    expect([1, 17, 18, 90].map((id) => CLASSES[CLASS_OF_CATEGORY.get(id) ?? -1])).toEqual(['person', 'cat', 'dog', 'toothbrush'])
    expect(CLASS_OF_CATEGORY.get(12)).toBeUndefined()
  })
})
