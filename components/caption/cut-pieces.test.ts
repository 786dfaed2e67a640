import fc from 'fast-check'
import { expect, test } from 'vitest'
import { wordDiff } from '@/lib/caption/word-diff'
import { cutDiff, cutPieces, sidesOf } from './cut-pieces'

test('a piece is split where the encoder stops reading it', () => {
  expect(cutPieces([{ text: 'a red ', sort: 1 }, { text: 'bus', sort: 2 }], 3)).toEqual([
    { text: 'a r', sort: 1, cut: false, first: false },
    { text: 'ed ', sort: 1, cut: true, first: true },
    { text: 'bus', sort: 2, cut: true, first: false },
  ])
  expect(cutPieces([{ text: 'ab' }, { text: 'cd' }], 2)).toEqual([{ text: 'ab', cut: false, first: false }, { text: 'cd', cut: true, first: true }])
  expect(cutPieces([{ text: 'ab' }], 2)).toEqual([{ text: 'ab', cut: false, first: false }])
})

test('what went is cut by the old text, what stands by the new one', () => {
  const parts = cutDiff([{ text: 'one ', was: 'same' }, { text: 'two ', was: 'removed' }, { text: 'six ', was: 'added' }, { text: 'end', was: 'same' }], { before: 4, after: 6 })
  expect(parts.map(({ text, was, cut }) => [text, was, cut])).toEqual([
    ['one ', 'same', false],
    ['two ', 'removed', true],
    ['si', 'added', false],
    ['x ', 'added', true],
    ['end', 'same', true],
  ])
})

test('the pieces of a diff spell both texts, and just their tails are cut', () => {
  const texts = fc.array(fc.constantFrom('a', 'red', 'bus', '猫', '😀', 'in.'), { maxLength: 12 }).map((words) => words.join(' '))
  fc.assert(fc.property(texts, texts, fc.nat(40), fc.nat(40), (before, after, old, now) => {
    const parts = wordDiff(before, after)
    expect(sidesOf(parts)).toEqual({ before, after })
    const pieces = cutDiff(parts, { before: old, after: now })
    expect(sidesOf(pieces)).toEqual({ before, after })
    const standing = pieces.filter((piece) => piece.was !== 'removed')
    expect(standing.filter((piece) => piece.cut).map((piece) => piece.text).join('')).toBe(after.slice(now))
    expect(standing.filter((piece) => piece.first).length).toBe(Number(after.length > now))
    let at = 0
    for (const piece of pieces) {
      if (piece.was === 'removed') expect(piece.cut).toBe(at >= old)
      if (piece.was !== 'added') at += piece.text.length
    }
  }))
})
