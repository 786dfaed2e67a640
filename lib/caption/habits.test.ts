import fc from 'fast-check'
import { expect, test } from 'vitest'
import { beginsWith, endingOf, openingOf, openingWords } from './habits'

test.each([
  ['A photo of a bus', 'a photo', true],
  ['  “A photo', 'a photo', false],
  ['"A, photo." of', 'a photo', true],
  ['A photograph', 'a photo', false],
  ['a', 'a photo', false],
  ['Apple', 'a', false],
  [', dog', '. DOG', true],
  ['', 'a', false],
  ['a', ' ', false],
])('%j begins with %j: %s', (text, words, expected) => expect(beginsWith(text, words)).toBe(expected))

/** Letters, signs and spaces that are cased, counted or split unlike plain ones. */
const hostile = fc.string({ unit: fc.constantFrom(...'aAİıßΣσKſ .,"\'”’)]!?…。-<=\u0301\u00a0\ufeff\u200b\u2028\n\0😀\ud800猫'), maxLength: 14 })

test('a text begins with its own opening words, and with no others', () => {
  fc.assert(fc.property(hostile, hostile, fc.integer({ min: 1, max: 3 }), (text, other, count) => {
    const own = openingWords(text, count)
    if (own !== null) expect(beginsWith(text, text.match(/\S+/g)!.slice(0, count).join(' '))).toBe(true)
    const words = other.match(/\S+/g)?.length ?? 0
    expect(beginsWith(text, other)).toBe(words > 0 && openingWords(text, words) === openingWords(other, words))
  }), { numRuns: 2000 })
})

test('one opening word is the opening', () => {
  fc.assert(fc.property(hostile, (text) => {
    expect(openingWords(text, 1) ?? '').toBe(openingOf(text))
  }))
})

test('an end behind any number of closing signs is found at once', () => {
  expect(endingOf(`He said “stop!”)`)).toBe('!')
  const from = performance.now()
  expect(endingOf(`${'"'.repeat(200_000)}x`)).toBe('none')
  expect(endingOf(`x.${'"'.repeat(200_000)}  `)).toBe('.')
  expect(performance.now() - from).toBeLessThan(500)
})
