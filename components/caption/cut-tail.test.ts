import { expect, test } from 'vitest'
import { cutsOf } from '@/lib/caption/cuts'
import { limits } from '@/lib/caption/limits'
import { cutTail } from './cut-tail'

const of = (id: string) => limits.find((limit) => limit.id === id)!
const words = (n: number) => Array.from({ length: n }, () => 'cat').join(' ')

test('CLIP reads 75 words of one token and greys the rest, exactly', () => {
  const text = words(100)
  const tail = cutTail(text, of('clip-77'), cutsOf(text))
  expect(tail.read).toBe(words(75))
  expect(tail.cut).toBe(` ${words(25)}`)
  expect(tail.about).toBe(false)
  expect(tail.share).toBeCloseTo(100 / 399, 5)
  expect(cutTail(text, of('clip-225'), cutsOf(text))).toMatchObject({ cut: '', share: 0, about: false })
})

test('a short caption is read whole by all', () => {
  for (const limit of limits) expect(cutTail('A gray bus.', limit, cutsOf('A gray bus.'))).toMatchObject({ read: 'A gray bus.', cut: '', share: 0 })
})

test('without a tokenizer file the tail is an estimate and said to be', () => {
  expect(cutTail(words(60), of('siglip-64'), cutsOf(words(60)))).toMatchObject({ read: words(47), about: true })
})

test('what a tokenizer file told stands above the estimate, also where all of it fits', () => {
  expect(cutTail(words(60), of('siglip-64'), { 'siglip-64': null })).toEqual({ read: words(60), cut: '', share: 0, about: false })
  expect(cutTail(words(60), of('siglip-64'), { 'siglip-64': 3 })).toMatchObject({ read: 'cat', about: false })
})

test('a text of which nothing is known is cut by an estimate, for CLIP too', () => {
  expect(cutTail(words(100), of('clip-77'))).toMatchObject({ read: words(57), about: true })
})

test('read and cut together are the text, to the character', () => {
  const text = `  ${words(90)} “ünïcode” 😀 end.  `
  for (const limit of limits) {
    const tail = cutTail(text, limit, cutsOf(text))
    expect(tail.read + tail.cut).toBe(text)
  }
})

test('an empty text has no tail', () => expect(cutTail('', of('t5-256'), {})).toEqual({ read: '', cut: '', share: 0, about: true }))
