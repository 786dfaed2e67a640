import { expect, test } from 'vitest'
import { boundOf } from './bound'

const plan = { kind: 'detailed', filter: '', certified: 1000, size: 59, errors: 0, allowed: 0, bound: 0.05, confidence: 0.95 }

test('nothing certified, nothing said', () => {
  expect(boundOf(null)).toBeUndefined()
  expect(boundOf({ certification: [] })).toBeUndefined()
})

test('the weakest plan speaks for the release, all are named', () => {
  const bound = boundOf({ certification: [{ ...plan, bound: 0.02 }, { ...plan, kind: 'short', bound: 0.08 }] })
  expect(bound?.short).toBe('8 %')
  expect(bound?.says).toContain('1,000 short captions certified by a look at 59: fewer than 8 % wrong, with 95 % confidence.')
})
