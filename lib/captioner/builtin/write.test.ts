import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CLASSES } from './classes'
import { again, article, list, phrase } from './nouns'
import { placeOf } from './relations'
import type { Box, SeenObject, Sight } from './sight'
import { claimThreshold } from './subjects'
import { KINDS, writeCaption } from './write'

const seen = (name: string, score: number, box: Box, colour: SeenObject['colour'] = null): SeenObject => ({ name, score, box, area: (box[2] - box[0]) * (box[3] - box[1]), colour })
const sightOf = (more: Partial<Sight> = {}): Sight => ({
  width: 640, height: 480, type: 'photo', graphicScore: -0.8, blackAndWhite: false, brightness: 120, palette: [{ name: 'beige', share: 0.4 }, { name: 'brown', share: 0.3 }],
  objects: [], classes: {}, scene: {}, sceneShare: {}, lines: [], textArea: 0, ...more,
})
const both = (sight: Sight, seed = 'a') => KINDS.map((kind) => writeCaption(sight, kind, seed).text)

const unit = fc.double({ min: 0, max: 1, noNaN: true })
const anyBox = fc.tuple(unit, unit, unit, unit).map(([a, b, c, d]): Box => [Math.min(a, c), Math.min(b, d), Math.max(a, c), Math.max(b, d)])
const anyObject = fc.record({ name: fc.constantFrom(...CLASSES), score: fc.double({ min: 0.05, max: 1, noNaN: true }), box: anyBox, colour: fc.option(fc.record({ name: fc.constantFrom('red', 'gray', 'blue'), share: unit })) })
  .map(({ name, score, box, colour }) => seen(name, score, box, colour))
const anySight = fc.record({
  type: fc.constantFrom('photo' as const, 'graphic' as const, 'screenshot' as const), blackAndWhite: fc.boolean(), brightness: fc.integer({ min: 0, max: 255 }),
  objects: fc.array(anyObject, { maxLength: 14 }),
  lines: fc.array(fc.record({ text: fc.string({ maxLength: 20 }), score: fc.double({ min: 0.8, max: 1, noNaN: true }), box: anyBox }), { maxLength: 8 }),
  scene: fc.dictionary(fc.constantFrom('sky', 'grass', 'snow', 'wall', 'tree', 'water'), unit), sceneShare: fc.dictionary(fc.constantFrom('sky', 'grass', 'snow', 'wall', 'tree', 'water'), unit),
  palette: fc.uniqueArray(fc.record({ name: fc.constantFrom('red', 'gray', 'blue', 'green', 'white'), share: unit }), { selector: ({ name }) => name, maxLength: 3 }),
}).map((more) => sightOf(more))

/** The text without what it quotes off the picture. */
const own = (text: string) => text.replace(/"[^"]*"/g, '""')
const forms = (name: string) => [1, 2, 3, 5, 10].flatMap((count) => [phrase(name, { count, more: false }), phrase(name, { count, more: true }), again(name, { count, more: false })])
const nounsOf = new Map(CLASSES.map((name) => [name, [...new Set(forms(name).map((said) => said.replace(/^(an?|the|many|several|at least two|two|three|four) /, '')))]]))
const names = (text: string, name: string) => (nounsOf.get(name) ?? []).some((noun) => new RegExp(`\\b${noun}\\b`, 'i').test(text))
/** Classes whose words other classes or regions contain, e.g. "hot dog". */
const AMBIGUOUS = new Set(CLASSES.filter((name) => CLASSES.some((other) => other !== name && names(phrase(other, { count: 1, more: false }), name))))

describe('every caption', () => {
  const every = (check: (text: string, draft: ReturnType<typeof writeCaption>, sight: Sight) => void) =>
    fc.assert(fc.property(anySight, fc.constantFrom(...KINDS), fc.string(), (sight, kind, seed) => {
      const draft = writeCaption(sight, kind, seed)
      check(own(draft.text), draft, sight)
    }), { numRuns: 400 })

  it('says something, in one line, without doubled words or gaps', () => every((text, draft) => {
    expect(text.trim()).not.toBe('')
    expect(draft.finish).toBe('stop')
    expect(text).not.toMatch(/ {2}|\bundefined\b|\bnull\b|\bNaN\b|\n| [.,;]|\.\.|,,|\b(\w+) \1\b/i)
  }))
  it('claims no object below the threshold', () => every((text, _, sight) => {
    const claimed = new Set(sight.objects.filter(({ score }) => score >= claimThreshold(sight)).map(({ name }) => name))
    for (const name of CLASSES) if (!claimed.has(name) && !AMBIGUOUS.has(name) && name !== 'person') expect([name, names(text, name)]).toEqual([name, false])
    if (!claimed.has('person')) expect(text).not.toMatch(/\b(person|people)\b/)
  }))
  it('has evidence for each object it names', () => every((text, { evidence = [] }) => {
    for (const name of CLASSES) if (!AMBIGUOUS.has(name) && names(text, name)) expect(evidence.some((one) => one.sort === 'object' && one.note === name && one.box && (one.score ?? 0) >= 0.35)).toBe(true)
  }))
  it('has evidence for each text it quotes, and for regions', () => every((text, draft) => {
    const quotes = draft.text.match(/"[^"]*"/g) ?? []
    for (const quote of quotes) expect(draft.evidence?.some((one) => one.sort === 'text' && one.says === quote)).toBe(true)
    for (const region of ['grass', 'snow', 'sky', 'trees', 'water']) if (new RegExp(`\\b${region}\\b`, 'i').test(text)) expect(draft.evidence?.some((one) => one.sort === 'scene' && one.says.includes(region))).toBe(true)
  }))
  it('puts the right article before each noun', () => every((text) => {
    for (const [, word, next] of text.matchAll(/\b(an?) (\w+)/gi)) expect(`${word.toLowerCase()} ${next}`).toBe(`${article(next)} ${next}`)
  }))
  it('never gives people a colour', () => every((text) => expect(text).not.toMatch(/\b(red|gray|blue|green|white) (person|people)\b/i)))
  it('is flagged exactly when it names neither object nor text', () => every((_, draft, sight) => {
    if (sight.objects.some(({ score }) => score >= claimThreshold(sight))) expect(draft.flags).toBeUndefined()
    else if (!draft.evidence?.some(({ sort }) => sort === 'text')) expect(draft.flags?.[0].rule).toBe('nothing-recognised')
  }))
})

describe('wording', () => {
  const sight = sightOf({ objects: [seen('cat', 0.9, [0.4, 0.35, 0.6, 0.65]), seen('clock', 0.8, [0, 0, 0.1, 0.1]), seen('cup', 0.7, [0.9, 0.8, 1, 1])], scene: { wall: 0.95 }, sceneShare: { wall: 0.4 } })
  it('is the same for the same seed, and another for another', () => {
    expect(both(sight)).toEqual(both(sight))
    expect(new Set(Array.from({ length: 12 }, (_, i) => both(sight, String(i))[1])).size).toBeGreaterThan(4)
  })
  it('says where things are and what is around', () => {
    const [, detailed] = both(sight)
    for (const said of [/in the middle/i, /upper left/i, /lower right/i, /a wall/i]) expect(detailed).toMatch(said)
  })
  it('opens in ways that differ between pictures', () => {
    const openings = Array.from({ length: 40 }, (_, i) => both(sight, `picture ${i}`)[1].split(' ').slice(0, 2).join(' '))
    expect(new Set(openings).size).toBeGreaterThan(2)
  })
})

describe('what boxes can tell', () => {
  const short = (...objects: SeenObject[]) => writeCaption(sightOf({ objects }), 'short', 'b').text
  it('a person on a horse, at a table, with a racket', () => {
    expect(short(seen('person', 0.9, [0.4, 0.1, 0.6, 0.6]), seen('horse', 0.9, [0.3, 0.35, 0.7, 0.9]))).toContain('a person on a horse')
    expect(short(seen('person', 0.9, [0.3, 0.1, 0.7, 0.7]), seen('dining table', 0.9, [0.1, 0.5, 0.9, 1]))).toContain('a person at a table')
    expect(short(seen('person', 0.9, [0.3, 0.1, 0.6, 0.9]), seen('tennis racket', 0.9, [0.5, 0.3, 0.65, 0.5]))).toContain('a person with a tennis racket')
  })
  it('a person far from a horse is not on it', () => expect(short(seen('person', 0.9, [0, 0.1, 0.1, 0.6]), seen('horse', 0.9, [0.5, 0.35, 0.9, 0.9]))).not.toContain(' on '))
  it('left and right with a wide margin only', () => {
    expect(short(seen('cat', 0.9, [0, 0.4, 0.25, 0.7]), seen('dog', 0.8, [0.7, 0.4, 0.95, 0.7]))).toContain('a cat to the left of a dog')
    expect(short(seen('cat', 0.9, [0.2, 0.4, 0.5, 0.7]), seen('dog', 0.8, [0.45, 0.4, 0.75, 0.7]))).toContain('a cat and a dog')
  })
  it('a count that may be higher is not given as exact', () => {
    const dogs = [0, 0.25, 0.5].map((x) => seen('dog', 0.9, [x, 0.4, x + 0.2, 0.7]))
    expect(short(...dogs)).toContain('three dogs')
    expect(short(...dogs, seen('dog', 0.3, [0.78, 0.4, 0.98, 0.7]))).toContain('several dogs')
    expect(short(...dogs.slice(0, 2), seen('dog', 0.3, [0.78, 0.4, 0.98, 0.7]))).toContain('at least two dogs')
  })
  it('places need a wide margin', () => {
    expect([placeOf([0, 0.4, 0.2, 0.6]), placeOf([0.23, 0.4, 0.43, 0.6]), placeOf([0.45, 0.45, 0.55, 0.55]), placeOf([0.85, 0.8, 1, 1])]).toEqual(['on the left', null, 'in the middle', 'in the lower right'])
  })
  it('a colour only where it is strong and the thing’s own', () => {
    expect(short(seen('bus', 0.9, [0.2, 0.2, 0.8, 0.8], { name: 'red', share: 0.7 }))).toContain('a red bus')
    expect(short(seen('bus', 0.9, [0.2, 0.2, 0.8, 0.8], { name: 'red', share: 0.45 }))).not.toContain('red')
    expect(short(seen('bus', 0.9, [0.2, 0.2, 0.8, 0.8], { name: 'gray', share: 0.9 }))).not.toContain('gray')
  })
})

describe('when nothing is recognised', () => {
  it('says so, with the colours, and raises the flag', () => {
    for (const kind of KINDS) {
      const draft = writeCaption(sightOf({ objects: [seen('kite', 0.34, [0, 0, 1, 1])] }), kind, '')
      expect(draft.text).toBe('No known object recognised; mostly beige and brown.')
      expect(draft.flags).toEqual([{ rule: 'nothing-recognised', evidence: 'the surest object, kite, has a score of 0.34' }])
    }
  })
  it('also on drawings, where objects need 0.6', () => {
    const draft = writeCaption(sightOf({ type: 'graphic', objects: [seen('clock', 0.5, [0, 0, 1, 1])] }), 'short', '')
    expect([draft.text, draft.flags?.length]).toEqual(['No known object recognised in this graphic; mostly beige and brown.', 1])
  })
  it('but reads a page', () => {
    const line = { text: 'We invest "up to"', score: 0.97, box: [0.1, 0.1, 0.9, 0.2] as Box }
    const draft = writeCaption(sightOf({ type: 'screenshot', lines: [line], textArea: 0.08 }), 'short', '')
    expect(draft.text).toMatch(/^a screenshot or document (with the (text|words)|reading) "We invest ’up to’"$/)
    expect(draft.flags).toBeUndefined()
  })
  it('a watermark does not make a photograph known', () => {
    const draft = writeCaption(sightOf({ lines: [{ text: 'Photo by J. Doe', score: 0.97, box: [0.1, 0.95, 0.3, 0.97] }], textArea: 0.004 }), 'detailed', '')
    expect(draft.text).toContain('no known object recognised')
    expect(draft.flags?.[0].rule).toBe('nothing-recognised')
  })
})

it('lists as people write', () => expect([list(['a']), list(['a', 'b']), list(['a', 'b', 'c']), list([])]).toEqual(['a', 'a and b', 'a, b and c', '']))
