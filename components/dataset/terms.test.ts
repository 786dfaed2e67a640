import { describe, expect, test } from 'vitest'
import { parseFilter, term } from '@/lib/sample/filter'
import { chipsOf, hasTerm, onlyThese, rangeOf, rangeTerm, readFilter, replaceTerm, toggleTerm, valueOf } from './terms'

describe('chips', () => {
  test('one for each part that must hold, each removable', () => {
    const chips = chipsOf('kind:alt words:<4 (flag:url OR flag:caps)')
    expect(chips.map((chip) => chip.text)).toEqual(['kind:alt', 'words:<4', 'flag:url OR flag:caps'])
    expect(chips[1].says).toBe('words below 4')
    expect(parseFilter(chips[1].without)).toEqual(parseFilter('kind:alt (flag:url OR flag:caps)'))
  })
  test('an alternative stays one chip', () => {
    expect(chipsOf('bus OR tram')).toHaveLength(1)
    expect(chipsOf('bus OR tram')[0].without).toBe('')
  })
  test('none of a filter that cannot be read, or of none', () => {
    expect(chipsOf('words:')).toEqual([])
    expect(chipsOf('')).toEqual([])
  })
})

test('what is wrong comes with its place', () => {
  expect(readFilter('kind:alt (words:<4')).toMatchObject({ position: 9 })
  expect(readFilter('bus')).toEqual({ filter: { is: 'text', text: 'bus' } })
})

test('a term is added once and taken out again', () => {
  const added = toggleTerm('bus', 'flag:url')
  expect(added).toBe('bus flag:url')
  expect(hasTerm(added, 'flag:"url"')).toBe(true)
  expect(toggleTerm(added, 'flag:url')).toBe('bus')
})

test('adding to an alternative keeps it together', () => {
  expect(parseFilter(toggleTerm('bus OR tram', 'flag:url'))).toEqual(parseFilter('(bus OR tram) flag:url'))
})

test('a field has one value at a time where that is meant', () => {
  expect(replaceTerm('kind:alt bus', 'kind:short')).toBe('bus kind:short')
  expect(replaceTerm('bus kind:short', 'kind:short')).toBe('bus')
  expect(replaceTerm('words:<4 bus', rangeTerm('words', 8, 16))).toBe('bus words:>=8 words:<16')
})

test('ranges are read off the filter', () => {
  expect(rangeOf('words:>=4 words:<8', 'words')).toEqual({ from: 4, to: 8 })
  expect(rangeOf('words:<=3', 'words')).toEqual({ from: -Infinity, to: 4 })
  expect(rangeOf('words:5', 'words')).toEqual({ from: 5, to: 6 })
  expect(rangeOf('width:>100', 'words')).toBeUndefined()
  expect(rangeTerm('words', 128, null)).toBe('words:>=128')
})

test('values with any characters make a term', () => {
  const value = 'org/model "v1" \\x'
  expect(parseFilter(term('model', value))).toMatchObject({ is: 'field', value })
  expect(valueOf(`bus ${term('model', value)}`, 'model')).toBe(value)
})

test('a selection is a filter', () => {
  expect(parseFilter(onlyThese([3, 7]))).toMatchObject({ is: 'or', parts: [{ value: '3' }, { value: '7' }] })
})
