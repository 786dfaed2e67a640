import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { casingOf, endingOf, openingOf } from '@/lib/caption/habits'
import { aShare } from './a-share'
import { compression } from './compression'
import { entropy, evenness } from './entropy'
import { histogram, jsd } from './jsd'
import { kl } from './kl'
import { mtldOf } from './mtld'
import { countsOf, distinct } from './ngrams'
import { bleu, selfBleu } from './self-bleu'
import { sentencesIn } from './text'
import { vendi } from './vendi'

const C = ['a cat sits on a mat', 'a dog sits on a mat', 'the red car is parked', 'photo of a red car']

test.each([[1, 13 / 22], [2, 14 / 18], [3, 12 / 14]])('distinct-%i', (n, value) => expect(distinct(C, n)).toBeCloseTo(value, 12))

test('opening words: 1.5 bits, .9464 of the most there could be, half of them a or an', () => {
  const counts = [...countsOf(C.map(openingOf)).values()]
  expect(entropy(counts)).toBeCloseTo(1.5, 12)
  expect(evenness(counts)).toBeCloseTo(0.9464, 4)
  expect(aShare(C)).toBe(0.5)
  expect(openingOf('  "A.M." show')).toBe('am')
})

test('divergences of openings', () => {
  expect(jsd(histogram([9, 1, 0]), histogram([4, 3, 3]))).toBeCloseTo(0.258925, 6)
  expect(jsd(histogram([1, 0]), histogram([0, 1]))).toBe(1)
  expect(jsd(histogram([3, 5]), histogram([6, 10]))).toBe(0)
  expect(jsd(new Map(), histogram([1]))).toBeNull()
  expect(kl(histogram([4, 3, 3]), histogram([9, 1, 0]))).toBeCloseTo(7 / 13, 12)
})

test('self-BLEU', () => {
  const each = (n: number) => C.map((text, i) => bleu(text, C.filter((_, j) => j !== i), n))
  expect(each(1)).toEqual([0.83333, 0.83333, 0.4, 0.6].map((value) => expect.closeTo(value, 5)))
  expect(each(2)).toEqual([0.70711, 0.70711, 0.31623, 0.3873].map((value) => expect.closeTo(value, 5)))
  expect(selfBleu(C, 1)).toBeCloseTo(0.66667, 5)
  expect(selfBleu(C, 2)).toBeCloseTo(0.52943, 5)
})

test('MTLD', () => {
  expect(mtldOf(Array.from({ length: 4 }, () => 'the cat sat on the mat').join(' ').split(' '))).toBeCloseTo(12, 10)
  expect(mtldOf('a small brown dog runs across the green field while a small white cat watches the dog from the old wooden fence near the house'.split(' '))).toBeCloseTo(29.1667, 4)
  expect(mtldOf('all words here differ'.split(' '))).toBeNull()
})

test('compression ratio is raw bytes over gzip bytes', async () => {
  const same = Array.from({ length: 100 }, () => 'a cat sits on a mat')
  const [ratio] = await compression.measure(same.map((text) => ({ text })), AbortSignal.timeout(1000))
  const raw = same.join('\n')
  expect(raw.length).toBe(1999)
  expect(ratio).toBeCloseTo(1999 / gzipSync(raw).length, 10)
  expect(ratio).toBeGreaterThan(25)
})

test('Vendi score', () => {
  expect(vendi([[1, 1, 0], [1, 1, 0], [0, 0, 1]])).toBeCloseTo(1.88988, 5)
  expect(vendi([[1, 0.5], [0.5, 1]])).toBeCloseTo(1.75477, 5)
  expect(vendi([[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]])).toBeCloseTo(4, 10)
  expect(vendi([[1, 1], [1, 1]])).toBeCloseTo(1, 10)
})

test.each([
  ['a cat.', 'lower', '.', 1],
  ['A cat sits. A dog (“runs!”) Then', 'sentence', 'none', 3],
  ['SALE TODAY', 'upper', 'none', 1],
  ['Red Car In The Rain', 'title', 'none', 1],
  ['1200 + 30', 'none', 'none', 1],
  ['is he finished...just about!', 'lower', '!', 1],
  ['', 'none', 'none', 0],
  ['he said "stop."', 'lower', '.', 1],
])('%j is %s, ends with %s, has %i sentences', (text, casing, ending, sentences) => {
  expect(casingOf(text)).toBe(casing)
  expect(endingOf(text)).toBe(ending)
  expect(sentencesIn(text)).toBe(sentences)
})
