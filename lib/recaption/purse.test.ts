import { expect, test } from 'vitest'
import { Purse } from './purse'

const money = (spent: number, running: number, budget: number | null = 1) => ({ budget, spent, meanCost: 0, running })

test('the first call goes by itself, later ones as many as the dearest allows', () => {
  const purse = new Purse(null)
  expect(purse.calls(money(0, 0), 0)).toBe(1)
  expect(purse.ask(money(0, 1), 1)).toBe('go')
  expect(purse.ask(money(0, 2), 2)).toBe('later')
  purse.paid(0.1)
  purse.done()
  purse.paid(0.02)
  expect(purse.dearest).toBe(0.1)
  expect(purse.calls(money(0.12, 0), 0)).toBe(8)
  expect(purse.calls(money(0.12, 5), 2)).toBe(5) // three are another worker's
})

test('a call that does not fit beside those under way waits, and one that does not fit at all is not made', () => {
  const purse = new Purse(0.3)
  expect([purse.ask(money(0, 1), 1), purse.ask(money(0, 2), 2), purse.ask(money(0, 3), 3), purse.ask(money(0, 4), 4)]).toEqual(['go', 'go', 'go', 'later'])
  purse.done()
  expect(purse.ask(money(0.3, 3), 3)).toBe('later')
  expect(new Purse(0.3).ask(money(0.8, 1), 1)).toBe('never')
  expect(new Purse(0.3).ask(money(0.7, 1), 1)).toBe('go')
})

test('without a budget, or where nothing is counted, nothing waits', () => {
  expect(new Purse(null).ask(money(5, 9, null), 2)).toBe('go')
  expect(new Purse(null).calls(money(5, 9, null), 2)).toBe(Infinity)
  const free = new Purse(null)
  free.paid(0)
  expect(free.calls(money(0, 3), 1)).toBe(Infinity)
  expect(free.ask(money(0, 9), 1)).toBe('go')
})
