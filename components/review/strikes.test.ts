import { expect, test } from 'vitest'
import { splitClaims } from '@/lib/claim/split'
import type { ClaimView } from '@/lib/claim/schema'
import type { Caption } from '../api'
import { byRules, stillStands, striking } from './strikes'

const TEXT = 'A gray bus on a street. A dog and a cat sit on a bench.'
const caption: Caption = { id: 9, kind: 'detailed', origin: 'model', standing: 'pending', text: TEXT, version: 1, words: 13, tokens: null, quarantined: false, createdAt: '' }
const claims: ClaimView[] = splitClaims(TEXT).map((claim, id) => ({ ...claim, id, captionId: 9, verdict: 'unknown', evidence: { says: '', boxes: [], score: null }, decision: null, decidedBy: null, splitBy: 'rules@1', checkedBy: 'detector@1' }))
const named = (sort: string, text: string) => claims.find((claim) => claim.sort === sort && claim.text === text)?.id ?? -1

test('a second claim struck while the model is at work is taken out with the first', () => {
  const first = striking(caption, claims, named('attribute', 'gray bus'), undefined)
  const both = striking(caption, claims, named('object', 'dog'), first)
  expect(byRules(first)).toBe('A bus on a street. A dog and a cat sit on a bench.')
  expect(byRules(both)).toBe('A bus on a street. A cat sit on a bench.')
  expect(striking(caption, claims, named('object', 'dog'), both).ids).toEqual(both.ids)
})

test('nothing is left of a text that was one claim', () => {
  const lone = { ...caption, text: 'A dog.' }
  const own: ClaimView[] = splitClaims(lone.text).map((claim, id) => ({ ...claims[0], ...claim, id }))
  expect(byRules(striking(lone, own, own[0].id, undefined))).toBeNull()
})

test('a decision taken meanwhile comes before the model’s answer', () => {
  const one = striking(caption, claims, 0, undefined)
  expect(stillStands(one, caption)).toBe(true)
  expect(stillStands(one, { ...caption, standing: 'approved' })).toBe(false)
  expect(stillStands(one, { ...caption, version: 2 })).toBe(false)
  expect(stillStands(one, undefined)).toBe(false)
})
