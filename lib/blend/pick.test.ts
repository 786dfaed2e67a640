import fc from 'fast-check'
import { expect, test } from 'vitest'
import { choose, shares } from './choose'
import { draw, pick } from './pick'
import { quota } from './quota'
import { BlendSpec } from './schema'
import { chanceOfOriginal, probabilities } from './weighted'

const spec = (part: Partial<BlendSpec> = {}) => BlendSpec.parse(part)
const both = ['alt', 'short', 'detailed']

test('the draw is the first two big-endian 64-bit words of sha256(seed + key)', () => {
  // `printf 0a | sha256sum` prints 6856c5a3a26b5a3f 2ead70ca56870769 f…
  expect(draw(0, 'a')).toEqual({ u: Number(0x6856c5a3a26b5a3fn) / 2 ** 64, v: Number(0x2ead70ca56870769n) / 2 ** 64 })
})

test('raising p never turns a sample back to its alt text', () => {
  fc.assert(
    fc.property(fc.string(), fc.integer(), fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), (key, seed, a, b) => {
      const [low, high] = a < b ? [a, b] : [b, a]
      const before = pick(key, both, spec({ p: low, seed }))
      const after = pick(key, both, spec({ p: high, seed }))
      if (before?.kind !== 'alt') expect(after).toEqual(before)
    }),
  )
})

test('a seed decides for good, and another seed decides otherwise', () => {
  const keys = Array.from({ length: 400 }, (_, i) => `pictures/${i}.jpg`)
  const kinds = (seed: number) => keys.map((key) => pick(key, both, spec({ p: 0.5, seed }))?.kind)
  expect(kinds(7)).toEqual(kinds(7))
  expect(kinds(7)).not.toEqual(kinds(8))
})

test('of 10,000 samples at p = .95 between 9,427 and 9,570 are synthetic', () => {
  for (const seed of [0, 1, 42]) {
    let synthetic = 0
    for (let i = 0; i < 10_000; i++) if (pick(`k${i}`, both, spec({ seed }))?.kind !== 'alt') synthetic++
    expect(synthetic).toBeGreaterThanOrEqual(9427)
    expect(synthetic).toBeLessThanOrEqual(9570)
  }
})

test('weights share the synthetic side, in order of kind id', () => {
  expect(shares(both, { short: 1, detailed: 3 })).toEqual([{ kind: 'detailed', share: 0.75 }, { kind: 'short', share: 0.25 }])
  expect(choose(both, true, 0.74, spec({ weights: { short: 1, detailed: 3 } }))?.kind).toBe('detailed')
  expect(choose(both, true, 0.76, spec({ weights: { short: 1, detailed: 3 } }))?.kind).toBe('short')
  expect(choose(both, true, 0.999, spec({ weights: { detailed: 1 } }))?.kind).toBe('detailed')
})

test('a missing side falls back, or leaves the sample out', () => {
  expect(choose(['alt'], true, 0.5, spec())).toEqual({ kind: 'alt', fallback: true })
  expect(choose(['short'], false, 0.5, spec())).toEqual({ kind: 'short', fallback: true })
  expect(choose(['alt'], true, 0.5, spec({ fallback: false }))).toBeNull()
  expect(choose([], true, 0.5, spec())).toBeNull()
  expect(choose(['alt', 'short'], true, 0.5, spec({ weights: { detailed: 1 } }))).toEqual({ kind: 'alt', fallback: true })
})

test('the quota is exact', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })), fc.double({ min: 0, max: 1, noNaN: true }), (list, p) => {
      const us = Float64Array.from(list)
      const synthetic = quota(us, p)
      expect(list.filter((u) => synthetic(u)).length).toBe(Math.round(p * list.length))
    }),
  )
  const synthetic = quota(Float64Array.of(0.1, 0.2, 0.2, 0.2, 0.9), 0.4)
  expect([0.9, 0.2, 0.2, 0.1, 0.2].map(synthetic)).toEqual([false, true, false, true, false])
})

test('what a trainer should draw sums to one', () => {
  expect([...probabilities(both, spec({ p: 0.8, weights: { short: 1, detailed: 3 } }))]).toEqual([['alt', expect.closeTo(0.2)], ['detailed', expect.closeTo(0.6)], ['short', expect.closeTo(0.2)]])
  fc.assert(
    fc.property(fc.subarray(both, { minLength: 1 }), fc.double({ min: 0, max: 1, noNaN: true }), (kinds, p) => {
      expect([...probabilities(kinds, spec({ p })).values()].reduce((a, b) => a + b, 0)).toBeCloseTo(1)
    }),
  )
  expect(probabilities(['alt'], spec({ fallback: false })).size).toBe(0)
})

test.each([[1, 0.05], [14, 0.512], [45, 0.901]])('in %i epochs at p = .95 the original shows with chance %f', (epochs, chance) => {
  expect(chanceOfOriginal(0.95, epochs)).toBeCloseTo(chance, 3)
})

test('a spec refuses what cannot be meant', () => {
  expect(BlendSpec.safeParse({ p: 1.2 }).success).toBe(false)
  expect(BlendSpec.safeParse({ weights: { short: 0 } }).success).toBe(false)
  expect(BlendSpec.safeParse({ standings: [] }).success).toBe(false)
})
