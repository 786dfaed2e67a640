import { describe, expect, it } from 'vitest'
import { grammar, namesIn } from './grammar'

describe('grammar', () => {
  it('gives parts of speech, dictionary forms and places', () => {
    const text = 'Two dogs are running.  A cat sleeps.'
    const tokens = grammar(text)
    expect(tokens.map((token) => token.pos)).toEqual(['NUM', 'NOUN', 'AUX', 'VERB', 'PUNCT', 'DET', 'NOUN', 'VERB', 'PUNCT'])
    expect(tokens.map((token) => text.slice(token.start, token.end))).toEqual(tokens.map((token) => token.text))
    expect(tokens[1].lemma).toBe('dog')
    expect(tokens.at(-1)?.sentence).toBe(1)
  })
  it('remembers a text', () => expect(grammar('a red ball')).toBe(grammar('a red ball')))
  it('takes an empty text', () => expect(grammar('')).toEqual([]))
})

describe('namesIn', () => {
  it.each([
    ['A man in front of the Eiffel Tower at night.', ['Eiffel Tower']],
    ['Erin Becker smiles.', ['Erin Becker']],
    ['ruins of the Acropolis at night', ['Acropolis']],
    ['Two dogs run. Trees stand behind them.', []],
    ['A sign reads "Joe Cool".', []],
    ['A Man Riding A Horse On The Beach', []],
    ['a European street on a Sunday', []],
    ['', []],
  ])('%j', (text, names) => expect(namesIn(text)).toEqual(names))
})
