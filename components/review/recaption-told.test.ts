import { expect, test } from 'vitest'
import { toldOf } from './recaption-told'

const asked = { run: 7, kind: 'short', key: 'a.jpg' }
const state = { status: 'done', done: 0, failed: 0, why: '' }

test('a run that still goes on was no failure', () => {
  for (const status of ['pending', 'running']) expect(toldOf({ ...state, status }, asked)).toBe('The short caption of a.jpg is still not written. Run 7 goes on and shows how far it is.')
})

test('a run that is over says what came of it, or why nothing did', () => {
  expect(toldOf({ ...state, done: 1 }, asked)).toBe('A new short caption of a.jpg is there.')
  expect(toldOf({ ...state, status: 'paused', why: 'The key was refused.' }, asked)).toBe('No caption was written for a.jpg. The key was refused.')
  expect(toldOf({ ...state, status: 'failed', failed: 1 }, asked)).toBe('No caption was written for a.jpg. Run 7 says why.')
})
