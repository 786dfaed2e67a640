import fc from 'fast-check'
import { expect, test } from 'vitest'
import { replacer } from './replace'

test('a literal search takes every character as itself, also in the replacement', () => {
  const price = replacer({ find: '$9.99', replace: '$1' })
  expect(price('now $9.99 or $9x99')).toBe('now $1 or $9x99')
  expect(price('nothing')).toBeNull()
  expect(replacer({ find: 'DOG', replace: 'cat', ignoreCase: true })('a Dog, a dog')).toBe('a cat, a cat')
})

test('a regular expression may use its groups', () => {
  expect(replacer({ find: '(\\w+) (\\w+)', replace: '$2 $1', regex: true })('red car')).toBe('car red')
  expect(replacer({ find: '^(Image|Picture) of ', replace: '', regex: true })('Image of a dog')).toBe('a dog')
})

test('bad and boundless expressions are refused with the reason', () => {
  expect(() => replacer({ find: '(', replace: '', regex: true })).toThrow('missing closing')
  expect(() => replacer({ find: 'a*', replace: '', regex: true })).toThrow('no text')
  expect(() => replacer({ find: '', replace: 'x' })).toThrow('what to look for')
})

test('an expression that takes other engines ages is answered at once', () => {
  const slow = replacer({ find: '(a+)+$', replace: 'x', regex: true })
  const from = performance.now()
  expect(slow(`${'a'.repeat(28)}!`)).toBeNull()
  expect(performance.now() - from).toBeLessThan(1000)
})

test('a literal replacement is what splitting and joining gives', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, maxLength: 3 }), fc.string({ maxLength: 5 }), fc.array(fc.string({ maxLength: 5 }), { maxLength: 5 }), (find, put, parts) => {
      const text = parts.join(find)
      const expected = text.split(find).join(put)
      expect(replacer({ find, replace: put })(text) ?? text).toBe(expected)
    }),
  )
})
