import { expect, test } from 'vitest'
import { AT_START, desk, nextUndecided, rateOf } from './desk'

test('digits give several reasons, and take them back', () => {
  let state = desk(AT_START, { is: 'mode', mode: { is: 'reject', reasons: [] } })
  for (const reason of ['wrong-count', 'invented', 'wrong-count']) state = desk(state, { is: 'reason', reason })
  expect(state.mode).toEqual({ is: 'reject', reasons: ['invented'] })
  expect(desk(AT_START, { is: 'reason', reason: 'invented' })).toBe(AT_START)
})

test('going on ends whatever was begun', () => {
  const state = desk(desk(AT_START, { is: 'mode', mode: { is: 'edit' } }), { is: 'go', to: -1 })
  expect(state).toMatchObject({ at: 0, mode: { is: 'look' }, focus: null })
})

test('the next undecided is ahead, else behind, else nowhere', () => {
  expect(nextUndecided([true, false, true], 0)).toBe(2)
  expect(nextUndecided([true, false, false], 1)).toBe(0)
  expect(nextUndecided([false, true], 1)).toBeNull()
})

test('a rate needs three decisions and forgets those of long ago', () => {
  expect(rateOf([0, 1], 2)).toBeNull()
  expect(rateOf([0, 400_000, 430_000, 460_000], 460_000)).toBe(3)
})
