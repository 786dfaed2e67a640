import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readTokenizer } from './tokenizer'
import { bpeFile, unigramFile, wordPieceFile } from './tokenizer-fixture'

const T5 = unigramFile([['▁', -2], ['▁a', -3], ['▁dog', -5], ['dog', -6], ['s', -3], ['.', -3], ['▁d', -6], ['o', -6], ['g', -6], ['a', -6], ['d', -6]])

test('Unigram takes the likeliest pieces, and the end mark takes a place', async () => {
  const t5 = await readTokenizer(T5, 't5.json')
  // ▁a ▁dog s . </s>
  expect(t5.count('a dogs.')).toBe(5)
  // "▁dog" −5 is likelier than "▁d" "o" "g" −18
  expect(t5.count('dog')).toBe(2)
  // what no piece spells is one unknown piece, after its word mark
  expect(t5.count('漢字')).toBe(3)
  expect(t5.count('')).toBe(1)
})

test('a text is cut after the last word that fits in full', async () => {
  const t5 = await readTokenizer(T5, 't5.json')
  expect(t5.cut('a dogs. dog', 6)).toBeNull()
  expect(t5.cut('a dogs. dog', 5)).toBe('a dogs.'.length)
  expect(t5.cut('a dogs. dog', 4)).toBe('a'.length)
  expect(t5.cut('dog', 1)).toBe(0)
})

test('WordPiece and BPE are read as well', async () => {
  const bert = await readTokenizer(wordPieceFile(['a', 'dog', '##s', '.']), 'bert.json')
  // a dog ##s . </s>
  expect(bert.count('a dogs.')).toBe(5)
  const gemma = await readTokenizer(bpeFile(['▁', 'a', 'd', 'o', 'g', 's'], [['d', 'o'], ['do', 'g'], ['▁', 'dog']]), 'siglip.json')
  // a ▁dog s </s>
  expect(gemma.count('a dogs')).toBe(4)
  expect(gemma.cut('a dogs dog', 4)).toBe('a dogs'.length)
  expect(gemma.cut('a dogs dog', 5)).toBeNull()
  expect(gemma.cut('a dogs dog', 1)).toBe(0)
})

test('what is read never takes more places than there are, and one word more would', async () => {
  const t5 = await readTokenizer(T5, 't5.json')
  fc.assert(fc.property(fc.array(fc.constantFrom('a', 'dog', 'dogs.', 'good', '漢字'), { maxLength: 30 }), fc.integer({ min: 1, max: 40 }), (words, places) => {
    const text = words.join(' ')
    const at = t5.cut(text, places)
    expect(at === null).toBe(t5.count(text) <= places)
    if (at === null) return
    expect(t5.count(text.slice(0, at))).toBeLessThanOrEqual(places)
    expect(t5.count(text.slice(0, at) + (/^\s*\S+/.exec(text.slice(at))?.[0] ?? ''))).toBeGreaterThan(places)
  }))
})

test.each(['', '{}', '[]', 'no json', '{"model":{"type":"Unigram","vocab":7}}', '{"model":{"type":"Riddle","vocab":{}}}'])('%s is refused with the place and the mend', async (text) => {
  await expect(readTokenizer(text, 'models/tokenizers/t5.json')).rejects.toMatchObject({ code: 'invalid', message: expect.stringMatching(/^models\/tokenizers\/t5\.json is not a tokenizer\.json .*Take the one/s) as string })
})
