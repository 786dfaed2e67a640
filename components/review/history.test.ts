import { expect, test } from 'vitest'
import { MOST_STEPS, NO_STEPS, parseSteps, steps, type Step, type Steps } from './history'

const step = (n: number): Step => ({
  entry: { token: `a-token-${n}`, at: n, dataset: 'd', key: 'k', sampleId: 1, reviewer: 'Ada', deed: { on: 'sample', decision: 'drop', reasons: [] }, before: { standing: null, dropped: false, flagged: false }, turn: null, state: 'waiting', out: false, tries: 0, retryAt: 0, why: '', present: null },
  verdict: null, withdrawn: false,
})
const did = (state: Steps, n: number) => steps(state, { is: 'did', step: step(n) })
const tokens = (all: Step[]) => all.map((one) => one.entry.token)

test('fifty steps back and forth', () => {
  let state = NO_STEPS
  for (let i = 0; i < 50; i++) state = did(state, i)
  for (let i = 0; i < 50; i++) state = steps(state, { is: 'undid' })
  expect([state.done.length, state.undone.length, steps(state, { is: 'undid' })]).toEqual([0, 50, state])
  for (let i = 0; i < 50; i++) state = steps(state, { is: 'redid', step: state.undone.at(-1) ?? step(0) })
  expect(tokens(state.done)).toEqual(Array.from({ length: 50 }, (_, i) => `a-token-${i}`))
})

test('a new decision ends what could be redone; numbers reach undone steps too', () => {
  const undone = steps(did(did(NO_STEPS, 1), 2), { is: 'undid' })
  expect(steps(undone, { is: 'numbered', token: 'a-token-2', verdict: 9 }).undone[0].verdict).toBe(9)
  expect(did(undone, 3).undone).toEqual([])
})

test('no more than the newest are remembered, and what was kept is read with care', () => {
  let state = NO_STEPS
  for (let i = 0; i < MOST_STEPS + 3; i++) state = did(state, i)
  expect([state.done.length, state.done[0].entry.token]).toEqual([MOST_STEPS, 'a-token-3'])
  expect(parseSteps(JSON.stringify(did(NO_STEPS, 1)))).toEqual(did(NO_STEPS, 1))
  for (const hostile of [null, '{', '[]', '{"done":[1]}']) expect(parseSteps(hostile)).toEqual(NO_STEPS)
})
