import { expect, test } from 'vitest'
import { LENGTH_BINS, lengthBin, preview, type Group } from './preview'
import { BlendSpec } from './schema'

const at = (...pairs: [words: number, count: number][]) => {
  const bins = Array<number>(LENGTH_BINS).fill(0)
  for (const [words, count] of pairs) bins[lengthBin(words)] += count
  return bins
}
const groups: Group[] = [
  { kinds: ['alt', 'detailed', 'short'], samples: 80, lengths: { alt: at([5, 80]), short: at([9, 80]), detailed: at([60, 40], [400, 40]) } },
  { kinds: ['alt'], samples: 15, lengths: { alt: at([3, 15]) } },
  { kinds: ['short'], samples: 5, lengths: { short: at([8, 5]) } },
]

test('counts, fallbacks and the effective share follow from the groups', () => {
  const seen = preview(groups, BlendSpec.parse({ p: 0.5, weights: { short: 1, detailed: 3 } }))
  expect(seen.samples).toBe(100)
  expect(seen.byKind).toEqual({ alt: 40 + 15, detailed: 30, short: 10 + 5 })
  expect(seen.fallbacks).toEqual({ toAlt: 7.5, toSynthetic: 2.5 })
  expect(seen.effectiveP).toBe(0.45)
  expect(seen.lengths[9]).toBe(10)
  expect(seen.lengths[60]).toBe(15)
  expect(seen.lengths[LENGTH_BINS - 1]).toBe(15)
  expect(seen.originals[5]).toBe(80)
})

test('without fallback the samples that miss a side are left out', () => {
  const seen = preview(groups, BlendSpec.parse({ p: 0.95, fallback: false }))
  expect(seen.leftOut).toBeCloseTo(0.95 * 15 + 0.05 * 5)
  expect(seen.samples + seen.leftOut).toBeCloseTo(100)
})

test('without fallback a weighted release leaves out whoever has nothing to draw, whole', () => {
  const seen = preview(groups, BlendSpec.parse({ p: 0.5, fallback: false, mode: 'weighted' }))
  expect(seen).toMatchObject({ samples: 80, leftOut: 20 })
  expect(preview(groups, BlendSpec.parse({ p: 0.5, mode: 'weighted' }))).toMatchObject({ samples: 100, leftOut: 0 })
})

test('moving p over the stored groups takes no time, whatever the number of samples', () => {
  const many: Group[] = Array.from({ length: 60 }, (_, i) => ({ kinds: ['alt', 'short', `kind-${i}`], samples: 1_000_000, lengths: { alt: at([i, 1e6]), short: at([i + 1, 1e6]), [`kind-${i}`]: at([i + 2, 1e6]) } }))
  const start = performance.now()
  for (let p = 0; p <= 1; p += 0.1) preview(many, BlendSpec.parse({ p }))
  expect((performance.now() - start) / 11).toBeLessThan(200)
})
