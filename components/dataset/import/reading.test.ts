import { expect, test } from 'vitest'
import { ApiError } from '../../api'
import { pick } from './picked'
import { canBeRead, kindRefusal, mayPass, refusalHere } from './reading'

test('a kind is judged as it is typed', () => {
  for (const kind of ['alt', 'short', 'very-long-2', 'a'.repeat(32)]) expect(kindRefusal(kind)).toBeUndefined()
  for (const kind of ['', 'Alt', '2nd', 'two words', 'a'.repeat(33)]) expect(kindRefusal(kind)).toMatch(/lower-case word/)
})

test('one kind that cannot be holds the look back, no mapping does not', () => {
  const column = { column: 'text', origin: 'source' } as const
  expect(canBeRead(undefined)).toBe(true)
  expect(canBeRead({ captions: [{ ...column, kind: 'alt' }] })).toBe(true)
  expect(canBeRead({ captions: [{ ...column, kind: 'alt' }, { ...column, kind: '' }] })).toBe(false)
})

test('a refused choice is not asked again, a server that was away is', () => {
  expect(mayPass(new ApiError('no', 400, 'invalid'))).toBe(false)
  expect(mayPass(new ApiError('no', 422, 'refused'))).toBe(false)
  expect(mayPass(new ApiError('away', 503, 'unavailable'))).toBe(true)
})

test('what no format recognises is told without the command line and the server’s folder', () => {
  const picked = pick(['notes.md', 'b.md', 'c.md', 'd.md'].map((path) => ({ path, file: new File([''], path) })))
  const said = refusalHere(new ApiError('No format is recognised in /home/ada/uploads/7: it holds notes.md. Name one with --format: csv, tsv.', 400, 'invalid'), picked)
  expect(said.message).toBe('No format is recognised in notes.md, b.md, c.md and more. Choose the format above.')
  const other = new ApiError('The archive is cut off.', 400, 'invalid')
  expect(refusalHere(other, picked)).toBe(other)
})
