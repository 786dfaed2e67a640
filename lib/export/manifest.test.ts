import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cardOf } from './card'
import { manifestOf } from './manifest'
import { Manifest, ReleaseRequest } from './schema'
import { splitOf } from './split'
import { SetDigest, Tally } from './tally'

const chosen = (i: number) => ({ id: i, kind: i % 10 === 0 ? 'alt' : 'short', origin: i % 10 === 0 ? ('source' as const) : ('model' as const), standing: 'pending' as const, text: `a picture ${i}`, hash: '', words: 3, model: i % 10 === 0 ? null : 'vl', recipe: i % 10 === 0 ? null : 'short@1', quarantined: false, retired: false })

function manifest(dataset = { name: 'pets', licence: 'CC-BY-4.0', note: '' }) {
  const tally = new Tally()
  for (let i = 0; i < 100; i++) tally.add({ chosen: chosen(i), fallback: i % 10 === 0 }, undefined)
  const request = ReleaseRequest.parse({ dataset: dataset.name, format: 'jsonl', out: '/home/eve/secret/place', seed: 4, filter: 'words:>2', splits: undefined })
  return manifestOf({ dataset, request, tally: tally.result(), excluded: { dropped: 2, nothingToSay: 1 }, certification: [{ kind: 'short', filter: '', certified: 5000, size: 299, errors: 0, allowed: 0, bound: 0.01, confidence: 0.95 }], proof: { samples: 100, carries: ['key'], digest: '00' }, files: [] })
}

test('a manifest says all that makes the release again, and nothing of this machine', () => {
  const made = manifest()
  expect(Manifest.parse(JSON.parse(JSON.stringify(made)))).toEqual(made)
  expect(made).toMatchObject({ seed: 4, filter: 'words:>2', p: 0.95, effectiveP: 0.9, fallbacks: 10, byKind: { alt: 10, short: 90 }, byModel: { vl: 90 }, byRecipe: { 'short@1': 90 }, standings: ['approved', 'pending'] })
  expect(JSON.stringify(made)).not.toContain('secret')
})

test('the card is YAML that the hub reads, and text from data stays text', () => {
  const card = cardOf(manifest(), 'en')
  expect(card.split('---')[1].trim().split('\n')).toEqual(['pretty_name: "pets"', 'license: cc-by-4.0', 'language:', '- "en"', 'task_categories:', '- text-to-image', '- image-to-text', 'tags:', '- recaptioned', 'size_categories:', '- n<1K'])
  expect(card).toContain('90 % of the captions are synthetic (asked for: 95 %; 10 fell back to the other side)')
  expect(card).toContain('5,000 captions of kind short; 299 looked at, 0 wrong; fewer than 1 % are wrong with 95 % confidence')
  const hostile = cardOf(manifest({ name: 'x"\n---\nlicense: mit', licence: 'my own: terms', note: '<script>alert(1)</script> ![x](http://e.com)' }), 'en')
  expect(hostile).toContain('pretty_name: "x\\"\\n---\\nlicense: mit"')
  expect(hostile).toContain('license: other\nlicense_name: "my own: terms"')
  expect(hostile).not.toContain('<script')
  expect(hostile).not.toMatch(/(?<!\\)!\[/)
})

test('splits follow the key alone, in the shares asked for', () => {
  const splits = { train: 0.8, validation: 0.1, test: 0.1 }
  const counts: Record<string, number> = { train: 0, validation: 0, test: 0 }
  for (let i = 0; i < 10_000; i++) counts[splitOf(splits, 0, `k${i}`)]++
  expect(Math.abs(counts.train - 8000)).toBeLessThan(150)
  expect(Math.abs(counts.test - 1000)).toBeLessThan(120)
  fc.assert(fc.property(fc.string(), fc.integer(), (key, seed) => {
    expect(splitOf(splits, seed, key)).toBe(splitOf(splits, seed, key))
    expect(splitOf({ only: 3 }, seed, key)).toBe('only')
  }))
})

test('the digest of a set does not ask for the order, but for every line and how often it stands there', () => {
  const of = (lines: readonly string[]) => {
    const digest = new SetDigest()
    for (const line of lines) digest.add(line)
    return digest.hex()
  }
  fc.assert(fc.property(fc.array(fc.string()), (lines) => {
    expect(of([...lines].reverse())).toBe(of(lines))
    expect(of([...lines, 'one more'])).not.toBe(of(lines))
  }))
  expect(of(['a', 'a', 'b'])).not.toBe(of(['a', 'b', 'b']))
})
