import { expect, test } from 'vitest'
import { readWeights, withWeight, writeWeights } from './weights'

test('weights are written as they are read', () => {
  const all: Record<string, number>[] = [{}, { detailed: 3 }, { detailed: 0.5, short: 2 }]
  for (const weights of all) expect(readWeights(writeWeights(weights))).toEqual(weights)
})

test('what is no weight is not read', () => {
  for (const text of ['detailed', 'detailed=', '=2', 'detailed=-1', 'detailed=x', 'a=1=2', 'detailed=0', 'Not A Kind=1']) expect(readWeights(text), text).toBeNull()
})

test('changing one names them all; all alike names none; never all nothing', () => {
  expect(withWeight({}, ['detailed', 'short'], 'short', 0)).toEqual({ detailed: 1, short: 0 })
  expect(withWeight({ detailed: 3, short: 1 }, ['detailed', 'short'], 'detailed', 1)).toEqual({})
  expect(withWeight({ detailed: 1, short: 0 }, ['detailed', 'short'], 'detailed', 0)).toEqual({ detailed: 1, short: 0 })
})
