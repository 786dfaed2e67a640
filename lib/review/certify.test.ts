import { expect, test } from 'vitest'
import { badAtLimit, planFor } from './acceptance'
import { drawSample, lotHash, outcomeOf } from './certify'

test('a draw is the same for the same seed, another for another, and never draws twice', () => {
  const ids = Array.from({ length: 500 }, (_, i) => i + 1)
  const drawn = drawSample(ids, 60, 7)
  expect(drawSample([...ids].reverse(), 60, 7)).toEqual(drawn)
  expect(drawSample(ids, 60, 8)).not.toEqual(drawn)
  expect(new Set(drawn).size).toBe(60)
  expect(lotHash(ids)).toBe(lotHash([...ids].reverse()))
})

test('a draw favours nobody', () => {
  const ids = Array.from({ length: 40 }, (_, i) => i + 1)
  const times = new Map<number, number>()
  for (let seed = 0; seed < 2000; seed++) for (const id of drawSample(ids, 10, seed)) times.set(id, (times.get(id) ?? 0) + 1)
  // 2,000 draws of a quarter: 500 expected, standard deviation 19.4; five of them either way.
  for (const id of ids) expect(Math.abs((times.get(id) ?? 0) - 500)).toBeLessThan(97)
})

test('the answer comes as soon as it cannot change, and not before', () => {
  const plan = { size: 10, allowed: 1 }
  expect(outcomeOf(plan, 0, 0)).toBe('open')
  expect(outcomeOf(plan, 8, 0)).toBe('open')
  expect(outcomeOf(plan, 9, 0)).toBe('accepted')
  expect(outcomeOf(plan, 9, 1)).toBe('open')
  expect(outcomeOf(plan, 10, 1)).toBe('accepted')
  expect(outcomeOf(plan, 3, 2)).toBe('rejected')
})

/** Draws a lot by its plan and looks at it as a person would. */
function passes(lot: number, bad: number, limit: number, allowed: number, seed: number): boolean {
  const ids = Array.from({ length: lot }, (_, i) => i)
  const plan = planFor({ lot, limit, allowed })
  let looked = 0
  let found = 0
  for (const id of drawSample(ids, plan.size, seed)) {
    looked++
    if (id < bad) found++
    const outcome = outcomeOf(plan, looked, found)
    if (outcome !== 'open') return outcome === 'accepted'
  }
  return false
}

test('of 1,000 batches worse than the limit at most 5 % pass', () => {
  let passed = 0
  for (let seed = 0; seed < 1000; seed++) {
    const lot = 200 + (seed % 5) * 100
    const limit = 0.05
    // From just worse than the limit to half as bad again.
    const bad = Math.floor(lot * limit) + 1 + (seed % Math.floor(lot * limit * 0.5))
    if (passes(lot, bad, limit, seed % 3, seed)) passed++
  }
  expect(passed).toBeLessThanOrEqual(50)
  expect(passed).toBeGreaterThan(5)
})

test('at the very limit the risk is what was promised: neither more nor wastefully less', () => {
  let passed = 0
  for (let seed = 0; seed < 1000; seed++) if (passes(400, badAtLimit(400, 0.05), 0.05, 0, seed)) passed++
  // 1,000 draws at a risk just below 5 %: three standard deviations are 21.
  expect(passed).toBeLessThanOrEqual(71)
  expect(passed).toBeGreaterThanOrEqual(25)
})

test('good batches do pass', () => {
  let passed = 0
  for (let seed = 0; seed < 200; seed++) if (passes(400, 2, 0.05, 2, seed)) passed++
  expect(passed).toBeGreaterThan(190)
})
