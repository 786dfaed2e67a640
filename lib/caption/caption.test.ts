import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { textHash, wordCount } from './count'
import { headOf } from './head'
import type { CaptionView } from './schema'

describe('words', () => {
  test.each([['', 0], [' \n', 0], ['now at victorian plumbing.co.uk', 4], ['a\u00a0b\u3000c', 3]])('%j has %i', (text, count) => expect(wordCount(text)).toBe(count))
  test('as a split at white space counts them', () => fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void expect(wordCount(text)).toBe(text.split(/\s+/).filter(Boolean).length))))
  test('equal texts have equal hashes', () => expect([textHash('a') === textHash('a'), textHash('a') === textHash('b'), textHash('a').length]).toEqual([true, false, 16]))
})

const caption = (id: number, change: Partial<CaptionView> = {}): CaptionView => ({ id, sampleId: 1, kind: 'short', origin: 'model', standing: 'pending', text: '', version: 0, words: 0, tokens: null, model: null, recipe: null, runId: null, parentId: null, author: null, quarantined: false, retired: false, createdAt: '', ...change })

describe('the head of a kind', () => {
  const newest = caption(9)
  const approved = caption(5, { standing: 'approved' })
  const human = caption(3, { origin: 'human', standing: 'approved' })
  test('the newest human one, else the newest approved one, else the newest', () => {
    expect(headOf([newest, approved, human], 'short')?.id).toBe(3)
    expect(headOf([newest, approved], 'short')?.id).toBe(5)
    expect(headOf([caption(8), newest, caption(7)], 'short')?.id).toBe(9)
  })
  test('never one that is retired, quarantined, of another kind or in a standing that is not allowed', () => {
    expect(headOf([caption(1, { retired: true }), caption(2, { quarantined: true }), caption(3, { kind: 'detailed' }), caption(4, { standing: 'rejected' })], 'short')).toBeUndefined()
    expect(headOf([newest, approved], 'short', ['approved'])?.id).toBe(5)
    expect(headOf([newest], 'short', ['approved'])).toBeUndefined()
  })
})
