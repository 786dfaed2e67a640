import { expect, test } from 'vitest'
import { readSplits } from './splits'

test('splits are read in their order', () => {
  expect(readSplits(' train = 0.9, val=0.1 ')).toEqual({ splits: { train: 0.9, val: 0.1 } })
  expect(readSplits('')).toEqual({})
})

test('what is wrong is named', () => {
  for (const text of ['train', 'train=x', 'train=0', 'train=1,train=2', 'a b=1', '../up=1']) expect(readSplits(text), text).toHaveProperty('why')
})
