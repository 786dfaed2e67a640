import { expect, it } from 'vitest'
import { AppError } from '@/lib/errors'
import { patience } from './patience'

const away = new AppError('unavailable', 'Overloaded.', { detail: { cause: 'server', status: 503 } })
const HOUR = 3_600_000

it('waits longer after each fault in a row, and begins anew once all is well', () => {
  const faults = patience(100, () => 0)
  expect([1, 2, 3, 4, 5, 6].map(() => faults.after(away, true))).toEqual([100, 200, 400, 800, 1000, 1000])
  faults.well()
  expect(faults.after(away, true)).toBe(100)
  expect(faults.after(new AppError('unavailable', 'Wait.', { detail: { cause: 'rate', retryAfterMs: 5000 } }), true)).toBe(5000)
})
it('ends where waiting does not help, or after so long', () => {
  let now = 0
  const faults = patience(30_000, () => now)
  expect(() => faults.after(new AppError('unavailable', 'Pay.', { detail: { cause: 'quota' } }), true)).toThrow('Pay.')
  expect(() => faults.after(new AppError('refused', 'No key.'), true)).toThrow('No key.')
  faults.well()
  faults.after(away, false)
  now = HOUR
  expect(() => faults.after(away, false)).toThrow('Overloaded.')
  expect(faults.after(away, true)).toBeGreaterThan(0)
  now = 25 * HOUR
  expect(() => faults.after(away, true)).toThrow('Overloaded.')
})
