import { describe, expect, test } from 'vitest'
import type { Metric } from './types'

const texts = ['a cat sits on a mat', '', '   ', 'A dog. It runs!', '漢字 😀', '\u202e \u0000', 'word '.repeat(3000), 'constructor __proto__ toString']

/** What every metric keeps to. */
export function describeMetric(metric: Metric): void {
  describe(metric.id, () => {
    const signal = new AbortController().signal
    test('answers as many values as it was given, each finite or null', async () => {
      for (const list of [texts, texts.slice(0, 1), ['', ''], []]) {
        const values = await metric.measure(list.map((text) => ({ text })), signal)
        expect(values.length).toBe(list.length)
        for (const value of values) expect(value === null || Number.isFinite(value)).toBe(true)
        if (metric.per === 'kind') expect(new Set(values).size).toBeLessThanOrEqual(1)
      }
    })
    test('the same texts give the same values', async () => {
      const once = await metric.measure(texts.map((text) => ({ text })), signal)
      expect(await metric.measure(texts.map((text) => ({ text })), signal)).toEqual(once)
    })
    test('draws itself in bins without gaps, and stops when told to', async () => {
      expect(metric.bins.length).toBeGreaterThan(1)
      metric.bins.slice(1).forEach(([, from], i) => expect(from).toBe(metric.bins[i][2]))
      expect(metric.bins[metric.bins.length - 1][2]).toBe(Number.POSITIVE_INFINITY)
      await expect(metric.measure([{ text: 'a' }], AbortSignal.abort())).rejects.toThrow()
    })
  })
}
