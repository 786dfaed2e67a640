import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Box, Sight } from '@/lib/captioner/builtin/sight'
import { align } from './align'
import { checkClaims } from './check'
import { auc, derangement, detection } from './evaluate'
import { classesOf } from './nouns'
import { RateCounter } from './presence'
import { readOnPicture, similarity } from './reading'
import { splitClaims } from './split'

const seen = (name: string, score: number, box: Box, colour: [string, number] | null = null) => ({ name, score, box, area: (box[2] - box[0]) * (box[3] - box[1]), colour: colour && { name: colour[0], share: colour[1] } })
function sightOf(objects: ReturnType<typeof seen>[] = [], more: Partial<Sight> = {}): Sight {
  const classes = Object.fromEntries(objects.map((one) => [one.name, { score: one.score, area: one.area, count: objects.filter((other) => other.name === one.name).length }]))
  return { width: 640, height: 480, type: 'photo', graphicScore: -1, blackAndWhite: false, brightness: 120, palette: [], objects, classes, scene: { grass: 0.9, sky: 0.5, water: 0.01, snow: 0.01, wall: 0.2 }, sceneShare: { grass: 0.4 }, lines: [], textArea: 0, ...more }
}
const park = sightOf([seen('dog', 0.9, [0.05, 0.4, 0.35, 0.9], ['brown', 0.8]), seen('person', 0.8, [0.6, 0.1, 0.95, 0.95]), seen('person', 0.7, [0.4, 0.2, 0.6, 0.9])])
const rates = new RateCounter().rates()
const check = (text: string, sight = park, sources: string[] = []) => checkClaims(splitClaims(text), sight, sources)
const score = (text: string, sight = park) => align(text, check(text, sight), sight, rates).score
const said = (text: string, sight = park) => Object.fromEntries(check(text, sight).map((claim) => [`${claim.sort} ${claim.text}`, claim.verdict]))

describe('what a caption claims', () => {
  test('each statement is tied to its span, and depends on its thing', () => {
    const text = 'Two brown dogs to the left of a red car, under a sign that says "OPEN LATE" in Lisbon.'
    const claims = splitClaims(text)
    for (const claim of claims) expect(text.slice(claim.start, claim.end)).toBe(claim.text)
    expect(claims.map((claim) => `${claim.sort}: ${claim.text}`)).toEqual(
      expect.arrayContaining(['object: dogs', 'count: Two brown dogs', 'attribute: brown dogs', 'object: car', 'attribute: red car', 'relation: dogs to the left of a red car', 'text: "OPEN LATE"', 'name: Lisbon']),
    )
    for (const claim of claims) if (['count', 'attribute', 'relation'].includes(claim.sort)) expect(claims[claim.dependsOn ?? -1].sort).toBe('object')
  })

  test.each([
    ['puppy', 'dog'], ['sedan', 'car'], ['woman', 'person'], ['kitten', 'cat'], ['hot dog', 'hot dog'], ['ferry', 'boat'], ['vehicle', 'car'], ['lantern', ''],
  ])('%s is a %s', (noun, name) => (name ? expect(classesOf(noun)).toContain(name) : expect(classesOf(noun)).toEqual([])))

  test('addresses and file names name nothing', () => expect(splitClaims('see planes at www.example.com/dogs/1929 or cats@example.org, boat-train.jpg').map((claim) => claim.text)).toEqual(['planes']))

  test('a couple of things counts them and is nobody', () => {
    expect(splitClaims('a couple of buckets').map((claim) => claim.text)).not.toContain('couple')
    expect(splitClaims('a couple on a bench').map((claim) => claim.text)).toContain('couple')
  })
})

describe('what is seen of it', () => {
  test.each<[string, string, string]>([
    ['a dog', 'object dog', 'supported'],
    ['a giraffe', 'object giraffe', 'contradicted'],
    ['a lantern', 'object lantern', 'unknown'],
    ['two people', 'count two people', 'supported'],
    ['five dogs', 'count five dogs', 'contradicted'],
    ['a brown dog', 'attribute brown dog', 'supported'],
    ['a blue dog', 'attribute blue dog', 'contradicted'],
    ['a dog on the left', 'relation dog on the left', 'supported'],
    ['a dog on the right', 'relation dog on the right', 'contradicted'],
    ['a dog to the right of a person', 'relation dog to the right of a person', 'contradicted'],
    ['a green giraffe', 'attribute green giraffe', 'contradicted'],
    ['a field', 'object field', 'supported'],
    ['deep snow', 'object snow', 'contradicted'],
    ['a lake', 'object lake', 'unknown'],
  ])('%s', (text, claim, verdict) => expect(said(text)[claim]).toBe(verdict))

  test('text and names are looked for on the picture, names in the alt text too', () => {
    const shop = sightOf([], { lines: [{ text: 'OPENLATE', score: 0.97, box: [0, 0, 0.4, 0.1] }, { text: 'since 1931', score: 0.95, box: [0, 0.1, 0.4, 0.2] }] })
    expect(said('a sign that says "Open late"', shop)['text "Open late"']).toBe('supported')
    expect(said('a sign that says "No entry to the yard"', shop)['text "No entry to the yard"']).toBe('contradicted')
    const name = (sources: string[]) => check('a street in Lisbon', shop, sources).find((claim) => claim.sort === 'name')?.verdict
    expect([name([]), name(['lisbon by night'])]).toEqual(['unknown', 'supported'])
  })

  test('on a drawing nothing is said not to be there', () => expect(said('a giraffe', sightOf([], { type: 'graphic' }))['object giraffe']).toBe('unknown'))
  test('in black and white no colour holds', () => expect(said('a red dog', sightOf(park.objects, { blackAndWhite: true }))['attribute red dog']).toBe('contradicted'))
  test('what is contradicted names its evidence, and falls with its parent', () => {
    for (const claim of check('five green giraffes to the left of a snowy lake')) if (claim.verdict === 'contradicted') expect(claim.ground.says.length).toBeGreaterThan(10)
    expect(check('a wet green giraffe').find((claim) => claim.sort === 'attribute')?.ground.says).toContain('not there')
  })
})

describe('alignment', () => {
  test('0 is neutral: the right text lies above it, the wrong one below, and an uncheckable one has none', () => {
    expect(score('a man walks his dog on the grass')).toBeGreaterThan(1)
    expect(score('a cat asleep on a couch')).toBeLessThan(-1)
    expect(score('IMG_2847')).toBeNull()
    expect(score('')).toBeNull()
  })

  test('taking a false thing out never lowers the score', () => {
    const things = ['cat', 'giraffe', 'pizza', 'boat', 'snowboard', 'television', 'zebra', 'bus']
    fc.assert(
      fc.property(fc.constantFrom(...things), fc.constantFrom('a dog', 'a man', 'a woman and a dog', 'grass'), fc.integer({ min: 0, max: 95 }), (thing, rest, commonness) => {
        const base = { ...rates, object: { ...rates.object, [thing === 'television' ? 'tv' : thing]: 0.004 + commonness / 100 } }
        const value = (text: string) => align(text, check(text), park, base).score ?? 0
        expect(value(`There is ${rest}.`)).toBeGreaterThanOrEqual(value(`There is ${rest} and a ${thing}.`) - 1e-9)
      }),
    )
  })

  test('six pictures are enough to find the pair that does not match', () => {
    const counter = new RateCounter()
    const few = ['dog', 'dog', 'person', 'cat', 'bus', 'bicycle'].map((name) => sightOf([seen(name, 0.8, [0.1, 0.1, 0.8, 0.9])]))
    for (const one of few) counter.add(one)
    const value = (text: string, sight: Sight) => align(text, check(text, sight), sight, counter.rates()).score ?? 0
    for (const [i, text] of ['a dog on a lawn', 'a dog in the park', 'a woman smiles', 'a cat asleep', 'a bus at a stop', 'a bicycle by a wall'].entries()) {
      expect(value(text, few[i])).toBeGreaterThan(0)
      expect(value(text, few[(i + 2) % 6])).toBeLessThan(-0.7)
    }
  })

  test('no text throws, however odd', () => void fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => void score(text))))

  test.each([
    ['words', 'a dog and '.repeat(10_000)],
    ['one word', 'a'.repeat(100_000)],
    ['quotation marks', '"“«'.repeat(33_334)],
    ['capitals', 'Ab Cd '.repeat(16_667)],
    ['spaces', ' '.repeat(100_000)],
    ['numbers', '7 7,7.'.repeat(16_667)],
    ['no spaces between', '狗在草地上跑。'.repeat(14_286)],
  ])('100,000 characters of %s are checked within two seconds', (_, text) => {
    const shop = sightOf(park.objects, { lines: Array.from({ length: 60 }, (_unused, i) => ({ text: `line ${i} of a page`, score: 0.9, box: [0, 0, 1, 0.1] as Box })) })
    const began = performance.now()
    expect(() => score(text, shop)).not.toThrow()
    expect(performance.now() - began).toBeLessThan(2000)
  })

  test('a contradicted claim names its evidence, whatever is said of whatever was seen', () => {
    const word = fc.constantFrom('dog', 'dogs', 'giraffe', 'two', 'five', 'red', 'brown', 'snow', 'lake', 'person', 'to the left of', 'on the right', 'above', 'a', '"OPEN LATE"', 'Lisbon', 'and', '.', 'puppy', 'vehicle')
    const thing = fc.record({ name: fc.constantFrom('dog', 'person', 'car', 'giraffe'), score: fc.double({ min: 0.05, max: 1, noNaN: true }), x: fc.double({ min: 0, max: 0.5, noNaN: true }) })
    fc.assert(fc.property(fc.array(word, { maxLength: 14 }), fc.array(thing, { maxLength: 5 }), fc.boolean(), (words, things, blackAndWhite) => {
      const sight = sightOf(things.map((one) => seen(one.name, one.score, [one.x, 0.1, one.x + 0.4, 0.8], ['brown', 0.8])), { blackAndWhite })
      for (const claim of check(words.join(' '), sight)) if (claim.verdict === 'contradicted') expect(claim.ground.says).toMatch(/the caption (says|quotes) |it speaks of what is not there: /)
    }))
  })

  test.each(['日本の犬が草の上を走る', 'Eine Katze schläft auf dem Sofa', 'собака бежит по траве', 'IMG_2847.jpg', 'A man looking at a map', 'A woman with a dog fills in a form', 'Abandoned Dust Bowl Home', ''])('%j is not said to be misaligned', (text) => expect(score(text) ?? 0).toBeGreaterThan(-0.7))

  test('a text that begins by saying what sort of picture it is expects that sort', () => {
    expect(score('Bar chart of rain from January to April')).toBeLessThan(0)
    expect(score('Bar chart of rain from January to April', sightOf([], { type: 'graphic' }))).toBeGreaterThan(0)
  })

  test('words before a noun say what sort of thing it is: their absence counts half, and a table is no desk', () => {
    const [plain, before] = ['a giraffe', 'a giraffe house'].map((text) => check(text))
    expect([plain[0].about.loose, before[0].about.loose]).toEqual([undefined, true])
    expect(score('a giraffe house') ?? 0).toBeGreaterThan(score('a giraffe') ?? 0)
    expect(classesOf('desk')).toEqual([])
  })

  test('numbers and colours are of the thing, not of what sort it is', () => {
    expect(splitClaims('two baseball players').filter((claim) => claim.sort === 'count').map((claim) => claim.text)).toEqual(['two baseball players'])
    expect(splitClaims('a red bird house').filter((claim) => claim.sort === 'attribute').map((claim) => claim.text)).toEqual(['red bird house'])
  })

  test('titles and capitals name things as sentences do', () => {
    for (const text of ['Dogs and People', 'TWO DOGS', 'Dogs run.']) expect(splitClaims(text).find((claim) => claim.about.classes.includes('dog'))?.sort).toBe('object')
    expect(splitClaims('A CONTEMPORARY BATHROOM').map((claim) => claim.text)).not.toContain('CONTEMPORARY')
    expect(classesOf('desk')).toEqual([])
  })
})

describe('the measures themselves', () => {
  test('AUC: 1 apart, ½ by chance, ties half', () => {
    expect(auc([3, 4], [1, 2])).toBe(1)
    expect(auc([1, 2], [1, 2])).toBe(0.5)
    expect(auc([1], [1, 0])).toBe(0.75)
  })
  test('a derangement leaves nothing in place and depends on its seed alone', () => {
    fc.assert(fc.property(fc.integer({ min: 2, max: 200 }), fc.integer(), (n, seed) => {
      const order = derangement(n, seed)
      expect(order.some((value, i) => value === i)).toBe(false)
      expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => i))
      expect(derangement(n, seed)).toEqual(order)
    }))
  })
  test('detection counts wrong classes and large ones found', () => {
    const measured = detection([{ claimed: new Set(['dog', 'kite']), boxes: [{ label: 'dog', area: 0.5 }, { label: 'car', area: 0.1 }, { label: 'cup', area: 0.001 }] }])
    expect(measured).toMatchObject({ claimed: 2, wrong: 1, precision: 0.5, recall: 0.5, f1: 0.5 })
  })
  test('reading ignores spaces and accents, and asks for most of the letters', () => {
    expect(similarity('night', 'nacht')).toBeCloseTo(0.25)
    expect(readOnPicture('Café Noir', [{ text: 'CAFENOIR', score: 0.9, box: [0, 0, 1, 1] }])?.text).toBe('CAFENOIR')
    expect(readOnPicture('Harbour closed', [{ text: 'HARBOUR', score: 0.9, box: [0, 0, 1, 0.5] }, { text: 'CLOSED', score: 0.8, box: [0, 0.5, 1, 1] }])?.score).toBe(0.8)
  })
})
