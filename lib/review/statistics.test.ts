import { expect, test } from 'vitest'
import { acceptChance, badAtLimit, characteristic, planFor, smallestFiniteSample, smallestSample } from './acceptance'
import { bradleyTerry, winChance } from './bradley-terry'
import { clopperPearson, upperBound } from './clopper-pearson'
import { agreement, cohenKappa } from './cohen-kappa'
import { dawidSkene } from './dawid-skene'
import { fleissKappa } from './fleiss-kappa'
import { gwetAc1 } from './gwet-ac1'
import { krippendorffAlpha } from './krippendorff-alpha'
import { pairsNeeded, signTest } from './sign-test'
import { neyman, stratified } from './stratified'
import { sampleForMargin, wilson } from './wilson'

test('Wilson is exact at its ends and wide without data', () => {
  expect(wilson(0, 59).low).toBe(0)
  expect(wilson(59, 59).high).toBe(1)
  expect(wilson(0, 0)).toEqual({ low: 0, high: 1 })
  expect([sampleForMargin(0.5, 0.05), sampleForMargin(0.1, 0.02), sampleForMargin(0.05, 0.01)]).toEqual([385, 865, 1825])
})

test.each([
  [5, 100, 0.01643, 0.11283],
  [0, 100, 0, 0.03622],
  [2, 300, 0.00081, 0.02387],
])('Clopper–Pearson %i of %i', (k, n, low, high) => {
  expect(clopperPearson(k, n).low).toBeCloseTo(low, 5)
  expect(clopperPearson(k, n).high).toBeCloseTo(high, 5)
})

test('one-sided bounds follow 1 − .05^(1/n)', () => {
  expect(upperBound(0, 59)).toBeCloseTo(0.04951, 5)
  expect(upperBound(0, 299)).toBeCloseTo(0.009969, 6)
})

test.each([
  [0.005, [598, 947, 1258, 1549, 1829, 2100], 919],
  [0.01, [299, 473, 628, 773, 913, 1049], 459],
  [0.02, [149, 236, 313, 386, 456, 523], 228],
  [0.03, [99, 157, 208, 257, 303, 348], 152],
  [0.05, [59, 93, 124, 153, 181, 208], 90],
  [0.1, [29, 46, 61, 76, 89, 103], 44],
])('acceptance sampling: less than %f bad', (limit, sizes, strict) => {
  expect(sizes.map((_, allowed) => smallestSample(limit, allowed).size)).toEqual(sizes)
  expect(smallestSample(limit, 0, 0.01).size).toBe(strict)
})

test.each([
  [200, 2, 155, 195],
  [500, 5, 225, 328],
  [1000, 10, 258, 393],
  [1000, 20, 138, 215],
  [1000, 50, 57, 90],
  [10_000, 100, 294, 464],
])('a finite lot of %i with %i bad', (lot, bad, none, one) => {
  expect(smallestFiniteSample(lot, bad, 0).size).toBe(none)
  expect(smallestFiniteSample(lot, bad, 1).size).toBe(one)
})

test('the operating characteristic shows what a good lot risks', () => {
  expect(acceptChance({ size: 299, allowed: 0 }, 0.001)).toBeCloseTo(0.741, 3)
  expect(acceptChance({ size: 628, allowed: 2 }, 0.001)).toBeCloseTo(0.974, 3)
  const curve = characteristic({ size: 59, allowed: 0 }, 0.1)
  expect(curve[0]).toEqual({ share: 0, accepted: 1 })
  expect(curve.every((point, i) => i === 0 || point.accepted < curve[i - 1].accepted)).toBe(true)
  expect(badAtLimit(1000, 0.05)).toBe(50)
  expect(badAtLimit(30, 0.05)).toBe(2)
  expect(planFor({ lot: 1000, limit: 0.05, allowed: 0 })).toEqual({ size: 57, allowed: 0 })
  expect(() => planFor({ lot: 20, limit: 0.05, allowed: 1 })).toThrow('Allow fewer')
  expect(planFor({ lot: 10, limit: 0.01, allowed: 0 }).size).toBe(10)
})

test('stratified estimate and Neyman allocation', () => {
  const strata = [0.6, 0.3, 0.1].map((weight, i) => ({ weight, n: 100, bad: [2, 8, 25][i] }))
  const found = stratified(strata)
  expect(found.share).toBeCloseTo(0.061, 6)
  expect(found.error).toBeCloseTo(0.012535, 6)
  expect(found.low).toBeCloseTo(0.03643, 5)
  expect(found.high).toBeCloseTo(0.08557, 5)
  const given = neyman(strata.map((one) => ({ weight: one.weight, share: one.bad / one.n })), 300)
  ;[120.75, 117.0, 62.25].forEach((n, i) => expect(given[i]).toBeCloseTo(n, 1))
})

test('Cohen’s κ, plain and weighted', () => {
  expect(cohenKappa([[20, 5], [10, 15]])).toBeCloseTo(0.4, 10)
  const three = [[11, 3, 1], [2, 9, 4], [0, 2, 8]]
  expect(cohenKappa(three)).toBeCloseTo(0.5493, 5)
  expect(cohenKappa(three, 'linear')).toBeCloseTo(0.6259, 5)
  expect(cohenKappa(three, 'quadratic')).toBeCloseTo(0.70588, 5)
  expect(cohenKappa([[9, 0], [0, 0]])).toBeNull()
})

test('where errors are rare, κ misleads and AC1 does not', () => {
  const rare = [[118, 5], [2, 0]]
  expect(agreement(rare)).toBeCloseTo(0.944, 3)
  expect(cohenKappa(rare)).toBeCloseTo(-0.02339, 5)
  expect(gwetAc1(rare)).toBeCloseTo(0.94078, 5)
})

test('Fleiss’ κ of the textbook table', () => {
  const found = fleissKappa([[0, 0, 0, 0, 14], [0, 2, 6, 4, 2], [0, 0, 3, 5, 6], [0, 3, 9, 2, 0], [2, 2, 8, 1, 1], [7, 7, 0, 0, 0], [3, 2, 6, 3, 0], [2, 5, 3, 2, 2], [6, 5, 2, 1, 0], [0, 2, 2, 3, 7]])
  expect(found.agreement).toBeCloseTo(0.37802, 5)
  expect(found.chance).toBeCloseTo(0.21276, 5)
  expect(found.kappa).toBeCloseTo(0.20993, 5)
})

test('Krippendorff’s α on all four levels', () => {
  const _ = null
  const canon = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, _, _, _],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, _, 3],
    [_, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, _],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, _],
  ]
  expect(krippendorffAlpha(canon, 'nominal')).toBeCloseTo(0.74342, 5)
  expect(krippendorffAlpha(canon, 'ordinal')).toBeCloseTo(0.81539, 5)
  expect(krippendorffAlpha(canon, 'interval')).toBeCloseTo(0.84911, 5)
  expect(krippendorffAlpha(canon, 'ratio')).toBeCloseTo(0.7974, 5)
  expect(krippendorffAlpha([[1, 1, 0, 0, 1], [1, 0, 0, 0, 1]])).toBeCloseTo(0.64, 10)
  expect(krippendorffAlpha([[1, 1], [1, 1]])).toBeNull()
})

test('Bradley–Terry strengths, and the pad where no finite answer exists', () => {
  const { strength, elo, padded } = bradleyTerry([[0, 7, 9], [3, 0, 6], [1, 4, 0]])
  ;[2.56923, 0.85201, 0.45683].forEach((one, i) => expect(strength[i]).toBeCloseTo(one, 5))
  ;[163.92, -27.82, -136.1].forEach((one, i) => expect(elo[i]).toBeCloseTo(one, 2))
  expect(winChance(strength[0], strength[1])).toBeCloseTo(0.75097, 5)
  expect(winChance(strength[0], strength[2])).toBeCloseTo(0.84903, 5)
  expect(winChance(strength[1], strength[2])).toBeCloseTo(0.65097, 5)
  expect(padded).toBe(false)
  const unbeaten = bradleyTerry([[0, 5], [0, 0]])
  expect(unbeaten.padded).toBe(true)
  expect(unbeaten.strength.every(Number.isFinite)).toBe(true)
  expect(winChance(unbeaten.strength[0], unbeaten.strength[1])).toBeCloseTo(5.5 / 6, 6)
})

test('sign test and the pairs it takes', () => {
  expect(signTest(60, 40)).toBeCloseTo(0.0569, 4)
  expect(signTest(65, 35)).toBeCloseTo(0.00352, 5)
  expect(signTest(5, 5)).toBe(1)
  expect([0.55, 0.6, 0.65].map(pairsNeeded)).toEqual([783, 194, 85])
})

const bits = (text: string) => [...text].map((one) => (one === '1' ? 1 : 0) as 0 | 1)

test('Dawid–Skene weighs people by how well they do', () => {
  const found = dawidSkene('00000 11101 11111 11100 00001 00111 11111 11110 00101 00010'.split(' ').map(bits))
  expect(found.truth.map(Math.round)).toEqual([0, 1, 1, 1, 0, 0, 1, 1, 0, 0])
  expect(found.prevalence).toBeCloseTo(0.5, 3)
  const expected = [[0.998, 0.998], [0.998, 0.998], [0.998, 0.6], [0.6, 0.6], [0.6, 0.4]]
  expected.forEach(([sensitivity, specificity], j) => {
    expect(found.people[j].sensitivity).toBeCloseTo(sensitivity, 3)
    expect(found.people[j].specificity).toBeCloseTo(specificity, 3)
  })
  const second = dawidSkene('111,110,000,001,110,000,100,111'.split(',').map(bits))
  ;[0.9996, 0.9988, 0, 0, 0.9988, 0, 0.0199, 0.9996].forEach((one, i) => expect(second.truth[i]).toBeCloseTo(one, 4))
  expect(second.prevalence).toBeCloseTo(0.5021, 4)
})
