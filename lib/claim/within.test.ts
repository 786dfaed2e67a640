import fc from 'fast-check'
import { expect, test } from 'vitest'
import { changesOnlyIn } from './within'

const TEXT = 'A gray bus on a street. A dog beside it. Trees behind.'
const dog = { start: 26, end: 29 }

test.each([
  ['the sentence says something else', 'A gray bus on a street. A cat beside it. Trees behind.', true],
  ['the sentence is gone', 'A gray bus on a street. Trees behind.', true],
  ['the sentence before changed too', 'A red bus on a street. Trees behind.', false],
  ['the sentence after is gone too', 'A gray bus on a street.', false],
  ['one sentence serves as head and tail', 'Trees behind.', false],
])('%s', (_, after, only) => expect(changesOnlyIn(TEXT, after, [dog])).toBe(only))

test('several spans free everything between them', () => {
  expect(changesOnlyIn(TEXT, 'A bus. Trees behind.', [{ start: 2, end: 10 }, dog])).toBe(true)
  expect(changesOnlyIn(TEXT, 'A bus. A hill.', [{ start: 2, end: 10 }, dog])).toBe(false)
})

test('whatever is put in the place of a sentence, the rest may not move', () => {
  const sentence = fc.stringMatching(/^[A-Z][a-z ]{3,20}[a-z]\.$/)
  fc.assert(
    fc.property(sentence, sentence, sentence, sentence, (a, b, c, put) => {
      const before = `${a} ${b} ${c}`
      const span = { start: a.length + 2, end: a.length + 3 }
      expect(changesOnlyIn(before, `${a} ${put} ${c}`, [span])).toBe(true)
      expect(changesOnlyIn(before, `!${a} ${put} ${c}`, [span])).toBe(false)
    }),
  )
})
