import { expect, it } from 'vitest'
import { release } from './release'

it('gives memory back that nothing else lies in', () => {
  const whole = Buffer.allocUnsafeSlow(100_000)
  release(whole)
  expect(whole.length).toBe(0)
})

it('leaves memory that others use', () => {
  const both = new Uint8Array(100)
  const part = both.subarray(0, 50)
  const pooled = Buffer.from('small')
  release(part)
  release(pooled)
  expect([both.length, part.length, pooled.toString()]).toEqual([100, 50, 'small'])
})
