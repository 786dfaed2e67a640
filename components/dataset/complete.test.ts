import { expect, test } from 'vitest'
import { parseFilter } from '@/lib/sample/filter'
import { completionsAt, type Known } from './complete'

const known: Known = { kind: [{ value: 'alt', count: 9 }, { value: 'short', count: 3 }], flag: [{ value: 'too-short', count: 2 }], model: [{ value: 'org/model "v1"', count: 1 }], 'meta.split': [{ value: 'train', count: 1 }] }
const texts = (draft: string, cursor = draft.length) => completionsAt(draft, cursor, known).options.map((option) => option.text)

test('names of fields, promoted columns among them', () => {
  expect(texts('ki')).toEqual(['kind:'])
  expect(texts('bus -fl')).toEqual(['flag:'])
  expect(texts('meta')).toEqual(['meta.split:'])
  expect(texts('')).toEqual([])
  expect(texts('bus ')).toEqual([])
})

test('values that the data holds, then those the language knows', () => {
  expect(texts('kind:')).toEqual(['kind:alt', 'kind:short'])
  expect(texts('(kind:sh')).toEqual(['kind:short'])
  expect(texts('missing:')).toEqual(['missing:alt', 'missing:short'])
  expect(texts('standing:')).toEqual(['standing:pending', 'standing:approved', 'standing:rejected'])
  expect(texts('dropped:y')).toEqual(['dropped:yes'])
  expect(texts('reason:wrong-c')).toEqual(['reason:wrong-count'])
  expect(texts('words:')).toEqual([])
})

test('a value with any characters is quoted so that it can be read', () => {
  const [text] = texts('model:org')
  expect(parseFilter(text)).toMatchObject({ value: 'org/model "v1"' })
  expect(texts('model:"org')).toEqual([text])
})

test('nothing when the value is there, in the middle of a word, or in a phrase', () => {
  expect(texts('kind:alt')).toEqual([])
  expect(texts('kindness', 2)).toEqual([])
  expect(texts('"ki')).toEqual([])
})

test('it says what it takes the place of', () => {
  const draft = 'bus -fl tram'
  const { from, to, options } = completionsAt(draft, 7, known)
  expect(draft.slice(0, from) + options[0].text + draft.slice(to)).toBe('bus -flag: tram')
})
