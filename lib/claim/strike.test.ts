import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { splitClaims } from './split'
import { strikeClaim, type StrikeClaim } from './strike'

const claimsOf = (text: string): (StrikeClaim & { text: string })[] => splitClaims(text).map((claim, id) => ({ id, sort: claim.sort, start: claim.start, end: claim.end, dependsOn: claim.dependsOn, text: claim.text }))

function strike(text: string, sort: string, span: string) {
  const claims = claimsOf(text)
  const claim = claims.find((one) => one.sort === sort && one.text === span)
  expect(claim, `${sort} “${span}” in ${JSON.stringify(claims.map((one) => [one.sort, one.text]))}`).toBeDefined()
  return strikeClaim(text, claims, claim?.id ?? -1)?.text ?? null
}

describe('strikeClaim', () => {
  test.each([
    ['attribute', 'gray bus', 'A gray bus takes up most of the frame.', 'A bus takes up most of the frame.'],
    ['attribute', 'red apple', 'A red apple on a table.', 'An apple on a table.'],
    ['attribute', 'orange cat', 'An orange cat sleeps.', 'A cat sleeps.'],
    ['count', 'two dogs', 'A person with two dogs on grass.', 'A person with dogs on grass.'],
    ['count', 'Three birds', 'Three birds sit on a boat.', 'Birds sit on a boat.'],
    ['object', 'dog', 'A cat, a dog and a bird sit on a bench.', 'A cat and a bird sit on a bench.'],
    ['object', 'dog', 'A dog and a cat sit on a bench.', 'A cat sit on a bench.'],
    ['object', 'dog', 'A cat and a small brown dog.', 'A cat.'],
    ['object', 'dog', 'A person with a dog stands on grass.', 'A person stands on grass.'],
    ['object', 'horse', 'A man riding a brown horse on a beach.', 'A man on a beach.'],
    ['object', 'horse', 'A horse lies on a mat.', 'Something lies on a mat.'],
    ['object', 'dog', 'A cat sleeps. There is a dog.', 'A cat sleeps.'],
    ['relation', 'person on the left', 'A bus. A person on the left.', 'A bus. A person.'],
    ['relation', 'dog to the left of a chair', 'A dog to the left of a chair.', 'A dog and a chair.'],
    ['object', 'chair', 'A dog to the left of a chair.', 'A dog.'],
    ['object', 'dog', 'A dog to the left of a chair.', 'A chair.'],
    ['text', '"STOP"', 'A sign reading "STOP" by a road.', 'A sign by a road.'],
    ['text', '"B"', 'Visible text includes "A", "B" and "C".', 'Visible text includes "A" and "C".'],
  ])('%s %s: %s', (sort, span, before, after) => {
    expect(strike(before, sort, span)).toBe(after)
  })

  test('leaves nothing worth a caption: says so instead', () => {
    expect(strike('A dog.', 'object', 'dog')).toBeNull()
    expect(strikeClaim('', [], 1)).toBeNull()
  })

  test('what depends on a struck thing goes with it', () => {
    const text = 'A cat and two brown dogs.'
    const claims = claimsOf(text)
    const dogs = claims.find((one) => one.text === 'dogs')
    const struck = strikeClaim(text, claims, dogs?.id ?? -1)
    expect(struck?.text).toBe('A cat.')
    expect(struck?.gone).toHaveLength(3)
  })

  const noun = fc.constantFrom('dog', 'cat', 'bus', 'person', 'chair', 'apple', 'umbrella', 'bottle')
  const phrase = fc.tuple(fc.constantFrom('a', 'two', 'the'), fc.constantFrom('', 'red ', 'large gray '), noun).map(([det, colour, thing]) => `${det} ${colour}${thing}${det === 'two' ? 's' : ''}`)
  const sentence = fc.oneof(
    fc.tuple(phrase, phrase).map(([a, b]) => `${a} next to ${b}`),
    fc.tuple(phrase, phrase, phrase).map(([a, b, c]) => `${a}, ${b} and ${c}`),
    fc.tuple(phrase, phrase).map(([a, b]) => `${a} stands on the left of ${b}`),
    phrase.map((a) => `there is ${a} on the right`),
    fc.tuple(phrase, noun).map(([a, b]) => `${a} with the words "${b}"`),
  )
  const caption = fc.array(sentence, { minLength: 1, maxLength: 4 }).map((all) => all.map((one) => `${one[0].toUpperCase()}${one.slice(1)}.`).join(' '))
  const GLUE = new Set(['something', 'text', 'a', 'an', 'and', 'with', 'there', 'is', 'are'])

  test('keeps all other words in their order, never empties, leaves no double spaces or loose commas', () => {
    fc.assert(
      fc.property(caption, fc.nat(), (text, pick) => {
        const claims = claimsOf(text)
        fc.pre(claims.length > 0)
        const struck = strikeClaim(text, claims, pick % claims.length)
        if (!struck) return
        expect(struck.text.trim()).not.toBe('')
        expect(struck.text).not.toMatch(/ {2}|\s[,.]|,\s*[,.]|^\s|\s$/)
        const words = (of: string): string[] => of.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
        const before = words(text)
        let at = 0
        for (const word of words(struck.text).filter((one) => !GLUE.has(one))) {
          at = before.indexOf(word, at) + 1
          expect(at, `${word} of “${struck.text}” in “${text}”`).toBeGreaterThan(0)
        }
        const [cut] = struck.cuts
        expect(struck.text.toLowerCase().startsWith(text.slice(0, cut.start).replace(/(?:\ban?)?[\s,;]*$/i, '').toLowerCase())).toBe(true)
        expect(struck.text.length).toBeLessThanOrEqual(text.length + 12)
      }),
      { numRuns: 300 },
    )
  })

  test('never throws, whatever the text and the spans', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), fc.nat(220), fc.nat(220), fc.constantFrom<StrikeClaim['sort']>('object', 'count', 'attribute', 'relation', 'text', 'name'), (text, start, end, sort) => {
        const struck = strikeClaim(text, [{ id: 1, sort, start, end, dependsOn: null }], 1)
        if (struck) expect(struck.text.trim()).not.toBe('')
      }),
    )
  })
})
