import { describe, expect, it } from 'vitest'
import { priceOf } from './price'

const known = { inputPrice: 0.15, outputPrice: 0.6 }
const none = { inputPrice: null, outputPrice: null }

describe('the price that is counted by', () => {
  it('takes each side that is left out from the captioner', () => {
    expect(priceOf({ output: 2 }, known, 5)).toEqual({ input: 0.15, output: 2 })
    expect(priceOf({ input: 0 }, known, null)).toEqual({ input: 0, output: 0.6 })
    expect(priceOf(undefined, known, 5)).toEqual({ input: 0.15, output: 0.6 })
    expect(priceOf({ input: 1, output: 2 }, none, 5)).toEqual({ input: 1, output: 2 })
  })
  it('is never half a price', () => {
    expect(() => priceOf({ output: 2 }, none, undefined)).toThrow('tokens in is not known')
    expect(() => priceOf(undefined, { inputPrice: 1, outputPrice: null }, 5)).toThrow('tokens out is not known')
    expect(() => priceOf(undefined, none, 5)).toThrow('A budget needs the price')
    expect(priceOf(undefined, { inputPrice: 1, outputPrice: null }, undefined)).toBeUndefined()
    expect(priceOf({}, none, null)).toBeUndefined()
  })
})
