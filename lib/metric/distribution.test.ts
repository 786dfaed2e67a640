import fc from 'fast-check'
import { expect, test } from 'vitest'
import { textHash, wordCount } from '@/lib/caption/count'
import { clipTokens } from '@/lib/caption/tokens'
import { DistinctCount, hash64 } from './distinct-count'
import { Distribution } from './distribution'
import { DistributionSummary, median, summarise } from './summary'

const C = ['a cat sits on a mat', 'a dog sits on a mat', 'the red car is parked', 'photo of a red car']
const of = (texts: readonly string[]) => {
  const all = new Distribution()
  for (const text of texts) all.add({ text, words: wordCount(text), tokens: clipTokens(text), hash: textHash(text), places: { t5: wordCount(text) + 1, siglip: wordCount(text) + 1 } })
  return all
}

test('one pass gives the worked values', async () => {
  const seen = await summarise(of(C), null)
  expect(seen.distinct.map((one) => one.share)).toEqual([13 / 22, 14 / 18, 12 / 14].map((value) => expect.closeTo(value, 10)))
  expect(seen.openings).toMatchObject({ entropy: expect.closeTo(1.5, 10), evenness: expect.closeTo(0.9464, 4), aShare: 0.5, top: [['a', 2], ['photo', 1], ['the', 1]] })
  expect(seen.bigrams.top[0]).toEqual(['a cat', 1])
  expect(seen.sampled.selfBleu).toBeCloseTo(0.52943, 5)
  expect(seen.sampled.vendi).toBeCloseTo(3.47077, 5)
  expect(seen.words).toMatchObject({ mean: 5.5, median: 5 })
  expect(seen.casing.lower).toBe(4)
  expect(seen.endings.none).toBe(4)
  expect(seen.vocabulary).toBe(13)
  expect(seen.jsd).toBeNull()
  expect(DistributionSummary.parse(JSON.parse(JSON.stringify(seen)))).toEqual(seen)
})

test('divergence from the originals, repeated texts and cut tails are seen', async () => {
  const originals = of(C)
  const same = of([...C, ...C])
  const seen = await summarise(same, originals)
  expect(seen.duplicates).toEqual({ captions: 4, share: 0.5, approximate: false })
  expect(Object.values(seen.jsd ?? {})).toEqual([0, 0, 0, 0, 0])
  const long = await summarise(of([`${'cat '.repeat(80)}end.`, 'Short.']), originals)
  expect(long.cut['clip-77']).toBe(0.5)
  expect(long.cut['clip-225']).toBe(0)
  expect(long.jsd?.openings).toBe(1)
})

test('merging two halves is the whole', async () => {
  const texts = fc.array(fc.lorem({ maxCount: 8 }), { maxLength: 40 })
  await fc.assert(
    fc.asyncProperty(texts, texts, async (a, b) => {
      const merged = of(a)
      merged.merge(of(b))
      expect(await summarise(merged, null)).toEqual(await summarise(of([...a, ...b]), null))
    }),
    { numRuns: 30 },
  )
})

test('counting different things is exact when few and within 3 % when many', () => {
  const out = new Uint32Array(2)
  const few = new DistinctCount()
  const many = new DistinctCount(1000)
  const half = new DistinctCount(1000)
  for (let round = 0; round < 2; round++)
    for (let i = 0; i < 200_000; i++) {
      hash64(`word ${i}`, out)
      few.add(out[0], out[1])
      ;(i % 2 ? many : half).add(out[0], out[1])
    }
  expect(few.count).toBe(200_000)
  expect(few.total).toBe(400_000)
  expect(few.approximate).toBe(false)
  many.merge(half)
  expect(many.approximate).toBe(true)
  expect(Math.abs(many.count / 200_000 - 1)).toBeLessThan(0.03)
})

test('the median of nothing is 0', () => expect(median([0, 0, 0])).toBe(0))
