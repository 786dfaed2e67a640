import { expect, test } from 'vitest'
import { clipCuts } from '@/lib/caption/tokens'
import { limits } from '@/lib/caption/limits'
import { cutTail, estimatedCut } from './cut-tail'

const of = (id: string) => limits.find((limit) => limit.id === id)!
const words = (n: number) => Array.from({ length: n }, () => 'cat').join(' ')

test('CLIP reads 75 words of one token and greys the rest, exactly', () => {
  const text = words(100)
  const tail = cutTail(text, of('clip-77'), clipCuts(text, limits))
  expect(tail.read).toBe(words(75))
  expect(tail.cut).toBe(` ${words(25)}`)
  expect(tail.about).toBe(false)
  expect(tail.share).toBeCloseTo(100 / 399, 5)
  expect(cutTail(text, of('clip-225'), clipCuts(text, limits))).toMatchObject({ cut: '', share: 0 })
})

test('a short caption is read whole by all', () => {
  for (const limit of limits) expect(cutTail('A gray bus.', limit, clipCuts('A gray bus.', limits))).toMatchObject({ read: 'A gray bus.', cut: '', share: 0 })
})

test('pieces are estimated at four for three words, and said to be', () => {
  expect(estimatedCut(words(47), 64)).toBeNull()
  expect(estimatedCut(words(48), 64)).toBe(words(47).length)
  expect(cutTail(words(60), of('siglip-64'))).toMatchObject({ read: words(47), about: true })
})

test('read and cut together are the text, to the character', () => {
  const text = `  ${words(90)} “ünïcode” 😀 end.  `
  for (const limit of limits) {
    const tail = cutTail(text, limit, clipCuts(text, limits))
    expect(tail.read + tail.cut).toBe(text)
  }
})

test('an empty text has no tail', () => expect(cutTail('', of('t5-256'))).toEqual({ read: '', cut: '', share: 0, about: true }))
