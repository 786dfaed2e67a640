import { expect, test } from 'vitest'
import { price } from './values'

test('--price takes either side alone, and nothing that is no price', () => {
  expect(price({})).toBeUndefined()
  expect(price({ price: '0.15:0.6' })).toEqual({ input: 0.15, output: 0.6 })
  expect(price({ price: ':5' })).toEqual({ output: 5 })
  expect(price({ price: '0:' })).toEqual({ input: 0 })
  for (const wrong of ['5', ':', '1:2:3', 'a:1', '-1:1', '1:$5']) expect(() => price({ price: wrong }), wrong).toThrow('--price is written')
})
