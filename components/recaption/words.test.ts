import { describe, expect, it } from 'vitest'
import { formatDuration, formatInterval, formatMoney, formatRate } from './words'

describe('figures of a run', () => {
  it('are money with figures that say something', () => {
    expect([0, 0.42, 5, 1234.5, 0.0042, 0.000123].map(formatMoney)).toEqual(['$0.00', '$0.42', '$5.00', '$1,234.50', '$0.0042', '$0.00012'])
  })
  it('are times in fitting units', () => {
    expect([0, 0.3, 42, 200, 4800, 7200, 216_000].map(formatDuration)).toEqual(['0 s', 'under 1 s', '42 s', '3 min', '1 h 20 min', '2 h', '2.5 days'])
  })
  it('are one figure where both ends read alike', () => {
    expect(formatInterval({ mean: 1, low: 40.1, high: 40.4 }, formatDuration)).toBe('40 s')
    expect(formatInterval({ mean: 1, low: 40, high: 80 }, formatDuration)).toBe('40 s to 80 s')
  })
  it('are paces a second or a minute', () => {
    expect([186, 42, 3.14].map(formatRate)).toEqual(['3.1/s', '42/min', '3.1/min'])
  })
})
