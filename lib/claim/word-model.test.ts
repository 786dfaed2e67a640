import fc from 'fast-check'
import { expect, test } from 'vitest'
import { seeded } from './evaluate'
import { addOuter, factor, solve } from './ridge'
import { crossFit, learnable } from './word-model'

test('ridge by hand: X = [[1,0],[0,2]], λ = 1 → (XᵀX + λ)⁻¹ b', () => {
  const gram = new Float64Array(4)
  addOuter(gram, Float64Array.of(1, 0))
  addOuter(gram, Float64Array.of(0, 2))
  const w = solve(factor(gram, 2, 1), 2, Float64Array.of(4, 10))
  expect([...w]).toEqual([expect.closeTo(2, 10), expect.closeTo(2, 10)])
})

test('what is solved gives back what was asked', () => {
  fc.assert(fc.property(fc.array(fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 4, maxLength: 4 }), { minLength: 1, maxLength: 8 }), fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 4, maxLength: 4 }), (rows, b) => {
    const gram = new Float64Array(16)
    for (const row of rows) addOuter(gram, Float64Array.from(row))
    const w = solve(factor(gram, 4, 0.5), 4, Float64Array.from(b))
    const full = (i: number, j: number) => gram[i >= j ? i * 4 + j : j * 4 + i] + (i === j ? 0.5 : 0)
    for (let i = 0; i < 4; i++) expect([0, 1, 2, 3].reduce((sum, j) => sum + full(i, j) * w[j], 0)).toBeCloseTo(b[i], 6)
  }))
})

test('words that go with a look are learnt, by folds that did not see the pair', () => {
  const random = seeded(7)
  const pairs = Array.from({ length: 400 }, (_, i) => {
    const dog = i % 2
    return { picture: i, look: Float32Array.from({ length: 12 }, (_, k) => (k < 4 ? dog : 0) + random()), words: learnable(dog ? 'A dog runs.' : 'A church stands.') }
  })
  const model = crossFit(pairs)
  let right = 0
  for (const [i, pair] of pairs.entries()) if (model.of(i, pair.words).value > model.of(i, pairs[i + 1 < pairs.length ? i + 1 : 0].words).value) right++
  expect(right / pairs.length).toBeGreaterThan(0.9)
  expect(model.of(0, ['zeppelin'])).toEqual({ value: 0, words: [] })
  // By chance there is nothing to learn, and the folds do not pretend there is.
  const noise = crossFit(pairs.map((pair) => ({ ...pair, look: Float32Array.from(pair.look, () => random()) })))
  const mean = pairs.reduce((sum, pair, i) => sum + noise.of(i, pair.words).value, 0) / pairs.length
  expect(mean).toBeLessThan(0.1)
})

test('the texts of one picture never speak for each other', () => {
  const random = seeded(3)
  const pairs = Array.from({ length: 200 }, (_, i) => ({ picture: Math.floor(i / 2), look: new Float32Array(12), words: [`word${Math.floor(i / 2)}`, 'common'] }))
  for (let i = 0; i < pairs.length; i += 2) pairs[i].look = pairs[i + 1].look = Float32Array.from({ length: 12 }, random)
  const model = crossFit(pairs)
  for (const [i, pair] of pairs.entries()) expect(model.of(i, [pair.words[0]])).toEqual({ value: 0, words: [] })
})
