import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AppError } from '@/lib/errors'
import { totalOf } from './estimate'
import { backOff, failureOf } from './failure'
import { answerHash, hashOf, requestHash } from './fingerprint'

describe('the estimate', () => {
  it('is exact when all were tried, open when one was, nothing when none was', () => {
    expect(totalOf([1, 2, 3], 3)).toEqual({ mean: 6, low: 6, high: 6 })
    expect(totalOf([2], 10)).toEqual({ mean: 20, low: 0, high: 40 })
    expect(totalOf([], 10)).toBeNull()
    expect(totalOf([], 0)).toEqual({ mean: 0, low: 0, high: 0 })
  })

  it('holds the true total in about 95 of 100 draws', () => {
    let held = 0
    let state = 1
    const random = () => (state = (state * 48271) % 2147483647) / 2147483647
    for (let trial = 0; trial < 400; trial++) {
      const all = Array.from({ length: 1000 }, () => 100 + 50 * (random() + random() + random()))
      const interval = totalOf(Array.from({ length: 20 }, () => all[Math.floor(random() * 1000)]), 1000)!
      const truth = all.reduce((sum, one) => sum + one, 0)
      if (interval.low <= truth && truth <= interval.high) held++
    }
    expect(held).toBeGreaterThan(370)
  })

  it('never turns low and high around', () => {
    fc.assert(fc.property(fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 20 }), fc.integer({ min: 0, max: 1e6 }), (tried, count) => {
      const interval = totalOf(tried, count)!
      return interval.low <= interval.mean + 1e-6 && interval.mean <= interval.high + 1e-6 && interval.low >= 0
    }))
  })
})

describe('what a request is known by', () => {
  const request = { media: Buffer.from('picture'), mime: 'image/png', recipe: 'short', kind: 'short', prompt: { system: 's', user: 'u' }, model: 'm', params: { temperature: 0, seed: 1 } }
  it('changes with everything that is sent, and with nothing else', () => {
    const base = requestHash('openai', request, '')
    expect(requestHash('openai', { ...request, params: { seed: 1, temperature: 0, maxTokens: undefined } }, '')).toBe(base)
    const others = [
      requestHash('other', request, ''), requestHash('openai', request, 'again'), requestHash('openai', { ...request, media: Buffer.from('another') }, ''), requestHash('openai', { ...request, model: 'm2' }, ''),
      requestHash('openai', { ...request, prompt: { system: 's', user: 'u2' } }, ''), requestHash('openai', { ...request, params: { temperature: 1, seed: 1 } }, ''), requestHash('openai', { ...request, kind: 'detailed' }, ''),
      answerHash(base, 1), answerHash(base, 2),
    ]
    expect(new Set([base, ...others]).size).toBe(others.length + 1)
  })
  it('does not mind the order of keys', () => {
    fc.assert(fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => hashOf(value) === hashOf(Object.fromEntries(Object.entries(value).reverse()))))
  })
})

describe('what a failure means', () => {
  it.each([
    ['rate', new AppError('unavailable', 'x', { detail: { cause: 'rate', status: 429, retryAfterMs: 1200 } }), { code: 'rate', final: false, tooMany: true, holds: false, waitMs: 1200 }],
    ['quota', new AppError('unavailable', 'x', { detail: { cause: 'quota', status: 429 } }), { code: 'quota', tooMany: false, holds: true }],
    ['refused', new AppError('refused', 'x', { detail: { cause: 'auth', status: 401 } }), { code: 'auth', final: true, holds: false }],
    ['filtered', new AppError('refused', 'x', { detail: { cause: 'filtered' } }), { code: 'filtered', final: true, ofSample: true }],
    ['bug', new TypeError('x'), { code: 'internal', final: false }],
    ['patience', new AppError('unavailable', 'x', { detail: { retryAfterMs: 1e9 } }), { waitMs: 15 * 60_000 }],
  ])('%s', (_, error, expected) => expect(failureOf(error)).toMatchObject(expected))

  it('waits longer each time, at most half a minute', () => {
    expect([1, 2, 3].map((attempts) => backOff(attempts, 1))).toEqual([500, 1000, 2000])
    expect(backOff(50, 1)).toBe(30_000)
    expect(backOff(1, 0)).toBe(250)
  })
})
