import { expect, test } from 'vitest'
import { targetsOf, type Slim } from './bulk'

let next = 1
const caption = (given: Partial<Slim> = {}): Slim => ({ id: next++, sampleId: 1, kind: 'short', origin: 'model', standing: 'pending', quarantined: false, retired: false, model: 'm1', runId: null, ...given })
const ids = (act: 'approve' | 'reject' | 'clear', captions: Slim[], which = {}) => targetsOf(act, captions, which).captions.map((one) => one.id)

test('an approval is about the pending head of each kind but alt', () => {
  const [alt, old, head, detailed] = [caption({ kind: 'alt', origin: 'source' }), caption(), caption(), caption({ kind: 'detailed' })]
  expect(ids('approve', [alt, old, head, detailed]).sort()).toEqual([head.id, detailed.id].sort())
  expect(ids('approve', [alt, old, head, detailed], { kinds: ['alt'] })).toEqual([alt.id])
  expect(ids('approve', [caption({ standing: 'approved' }), caption()])).toEqual([])
  expect(ids('approve', [caption({ retired: true })])).toEqual([])
})

test('a text of a person is left alone, and stands in front of every model text', () => {
  const human = caption({ origin: 'human' })
  expect(targetsOf('approve', [caption(), human], {})).toEqual({ captions: [], human: 1, quarantined: 0 })
  expect(targetsOf('reject', [human], {})).toMatchObject({ captions: [], human: 1 })
})

test('a quarantined caption is never approved in bulk, but may be rejected', () => {
  const held = caption({ quarantined: true })
  expect(targetsOf('approve', [held], {})).toEqual({ captions: [], human: 0, quarantined: 1 })
  expect(ids('reject', [held])).toEqual([held.id])
})

test('clear takes back decisions on every variant; a model or a run narrows the step', () => {
  const [a, b, c] = [caption({ standing: 'rejected' }), caption({ standing: 'approved' }), caption()]
  expect(ids('clear', [a, b, c])).toEqual([a.id, b.id])
  const [one, two] = [caption({ model: 'm2', runId: 7 }), caption()]
  expect(ids('approve', [one, two], { model: 'm2' })).toEqual([one.id])
  expect(ids('reject', [one, two], { runId: 7 })).toEqual([one.id])
})
