import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { AppError } from '@/lib/errors'
import { describeFilter, formatFilter, parseFilter, term } from './filter'

const round = (text: string) => formatFilter(parseFilter(text))
const failure = (text: string) => {
  try {
    parseFilter(text)
  } catch (error) {
    return error as AppError
  }
  throw new Error(`“${text}” was accepted`)
}

test('any column and any value of a source can be asked for', () => {
  fc.assert(fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), fc.string({ minLength: 1, unit: 'grapheme' }), (column, value) => {
    expect(parseFilter(term(`meta.${column}`, value))).toMatchObject({ is: 'field', compare: '=', value, field: { name: `meta.${column}` } })
  }))
})

describe('the filter language', () => {
  test.each([
    ['', ''],
    ['dog', 'dog'],
    ['"a red dog"', '"a red dog"'],
    ['kind:alt flag:boilerplate words:<4', 'kind:alt flag:boilerplate words:<4'],
    ['width:>=512 AND NOT dog', 'width:>=512 NOT dog'],
    ['-flag:url', 'NOT flag:url'],
    ['a OR b c', 'a OR (b c)'],
    ['(a OR b) c', '(a OR b) c'],
    ['key:"two words.jpg"', 'key:"two words.jpg"'],
    ['meta.licence:"CC BY"', 'meta.licence:"CC BY"'],
    ['https://x.org/a', '"https://x.org/a"'],
    ['meta."image license":by', 'meta."image license":by'],
    ['meta.größe:3 meta.image/key:a', 'meta.größe:3 meta.image/key:a'],
    ['meta.src:"//cdn/a.jpg"', 'meta.src:"//cdn/a.jpg"'],
    ['dropped:true', 'dropped:yes'],
    ['begins:"a photo" ends:. casing:lower', 'begins:"a photo" ends:. casing:lower'],
    ['begins:="<div>"', 'begins:=<div>'],
    ['kind:short -ends:!', 'kind:short NOT ends:!'],
  ])('%s', (text, expected) => expect(round(text)).toBe(expected))

  test.each([
    ['colour:red', 0, 'no field “colour”'],
    ['dog words:many', 10, 'takes a number'],
    ['words:', 6, 'needs a value'],
    ['a meta."b c"', 12, 'comes a colon and a value'],
    ['(a b', 0, 'never closed'],
    ['a)', 1, 'cannot stand here'],
    ['"open', 0, 'never closed'],
    ['a OR', 4, 'missing after “OR”'],
    ['standing:good', 9, 'pending, approved, rejected'],
    ['kind:<4', 5, 'cannot be compared'],
    ['begins:>a', 7, 'cannot be compared'],
    ['ends:stop', 5, '., !, ?, other, none'],
    ['casing:camel', 7, 'lower, sentence, title, upper, none'],
    ['repeats:yes', 8, 'kind, writer'],
    ['dropped:perhaps', 8, 'yes or no'],
    ['('.repeat(60) + 'a', 51, 'deeper than'],
  ])('%s is refused at its character', (text, position, why) => {
    const error = failure(text)
    expect(error.code).toBe('invalid')
    expect(error.detail?.position).toBe(position)
    expect(error.message).toContain(why)
  })

  test('a term holds any value', () => {
    fc.assert(fc.property(fc.string({ minLength: 1 }), (value) => {
      expect(parseFilter(term('begins', value))).toMatchObject({ is: 'field', compare: '=', value })
    }))
  })

  test('says itself in words', () => expect(describeFilter(parseFilter('kind:alt words:<4 -dog'))).toBe('the caption is of kind alt, words below 4, not (a caption says “dog”)'))

  test('what it accepts, it writes back with the same meaning; what it refuses, it refuses with a place', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'ab(:)"-<>= \\ORANDT.4%kind'), maxLength: 40 }), (text) => {
        try {
          const once = round(text)
          expect(round(once)).toBe(once)
        } catch (error) {
          expect((error as AppError).code).toBe('invalid')
          expect(typeof (error as AppError).detail?.position).toBe('number')
        }
      }),
      { numRuns: 2000 },
    )
  })
})
