import { expect, it } from 'vitest'
import { broken, killing } from './recaption-kill'

it('survives ten kills over 300 samples: nothing lost, nothing paid twice, no key left behind', async () => {
  const outcome = await killing({ samples: 300, kills: 10 })
  expect(outcome.kills).toBe(10)
  expect(broken(outcome), JSON.stringify(outcome)).toEqual([])
  expect(outcome.done).toBeGreaterThan(200)
  expect(outcome.resumes).toBeGreaterThanOrEqual(1)
}, 300_000)
