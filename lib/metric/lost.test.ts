import fc from 'fast-check'
import { expect, test } from 'vitest'
import { alarms } from './alarms'
import { editDistance } from './edit-distance'
import { lost, withLost } from './lost'
import { Distribution } from './distribution'
import { summarise } from './summary'
import { textHash, wordCount } from '@/lib/caption/count'

const said = (alt: string, ...captions: string[]) => lost(alt, captions).map((one) => `${one.sort}: ${one.text}`)

test.each([
  ['My cousin Anna Schmidt at the Eiffel Tower in Paris, 1998', 'a woman stands before a tall iron tower', ['name: Anna Schmidt', 'place: Eiffel Tower', 'place: Paris', 'number: 1998']],
  ['My cousin Anna Schmidt at the Eiffel Tower in Paris, 1998', 'anna schmidt before the eiffel tower in paris in 1998', []],
  ['Three dogs and 2 cats', 'three dogs beside two cats', []],
  ['a sign that says "Closed on Sundays"', 'a white sign with letters', ['quoted: Closed on Sundays']],
  ['a new iPhone 15 by the pool', 'a phone by a pool', ['name: iPhone', 'number: 15']],
  ['Click here to view the Café Müller menu', 'the menu of cafe muller', []],
  ['BUY NOW AND SAVE', 'a shop window', []],
  ['A red car', 'a car', []],
  ['1,200 people', 'a crowd of 1200 people', []],
  ['IMG_2847.jpg', 'a cat', []],
  ['', 'a cat', []],
])('%j beside %j loses %j', (alt, caption, expected) => expect(said(alt, caption)).toEqual(expected))

test('positions are those of the text, and nothing makes it throw', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string(), (alt, caption) => {
      for (const one of lost(alt, [caption])) expect(alt.slice(one.start, one.end)).toBe(one.text)
    }),
  )
})

test('what was lost is added before the full stop', () => {
  expect(withLost('a woman before a tower.', lost('Anna in Paris with "Bonjour"', []))).toBe('a woman before a tower (Paris, “Bonjour”).')
  expect(withLost('a cat', [])).toBe('a cat')
})

test('edit distance counts characters', () => {
  expect(editDistance('kitten', 'sitting')).toBe(3)
  expect(editDistance('desert', 'dessert')).toBe(1)
  expect(editDistance('', 'abc')).toBe(3)
  expect(editDistance('same', 'same')).toBe(0)
  fc.assert(fc.property(fc.string(), fc.string(), (a, b) => {
    expect(editDistance(a, b)).toBe(editDistance(b, a))
  }))
})

test('habits become sentences with a filter', async () => {
  const of = (texts: readonly string[]) => {
    const all = new Distribution()
    for (const text of texts) all.add({ text, words: wordCount(text), tokens: wordCount(text) + 2, hash: textHash(text), places: { t5: 0, siglip: 0 } })
    return all
  }
  const originals = of(Array.from({ length: 100 }, (_, i) => (i < 31 ? `A thing ${i}` : `${String.fromCharCode(97 + (i % 26))}${i} Thing!`)))
  const short = of(Array.from({ length: 100 }, (_, i) => (i < 82 ? `a photo of thing ${i} ${'word '.repeat(80)}` : `some thing ${i % 3}`)))
  const found = alarms(await summarise(short, originals), await summarise(originals, null), 'kind:short')
  const sentences = Object.fromEntries(found.map((alarm) => [alarm.id, alarm]))
  expect(sentences['a-an']).toEqual({ id: 'a-an', severity: 'high', sentence: '82 % begin with “a” or “an”; the originals 31 %.', filter: 'kind:short (begins:a OR begins:an)' })
  expect(sentences.opening).toMatchObject({ sentence: '82 % begin with “a photo”; the originals 0 %.', filter: 'kind:short begins:"a photo"' })
  expect(sentences.cut).toMatchObject({ severity: 'high', filter: 'kind:short tokens:>77' })
  expect(sentences.duplicates.sentence).toContain('15 % repeat')
  expect(found[0].severity).toBe('high')
  expect(alarms(await summarise(originals, originals), await summarise(originals, null), 'kind:alt')).toEqual([])
  expect(alarms(await summarise(of(['a']), null), null, 'kind:short')).toEqual([])
})
