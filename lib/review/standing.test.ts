import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Decision } from './schema'
import { droppedOf, flagOf, inForce, standingOf, type LogEntry } from './standing'

const entry = (id: number, decision: Decision, undoesId: number | null = null, counts = true): LogEntry => ({ id, decision, undoesId, counts })

test('the latest verdict that is not undone counts', () => {
  expect(standingOf([])).toBe('pending')
  expect(standingOf([], 'approved')).toBe('approved')
  expect(standingOf([entry(1, 'approve')])).toBe('approved')
  expect(standingOf([entry(1, 'approve'), entry(2, 'reject')])).toBe('rejected')
  expect(standingOf([entry(1, 'edit')])).toBe('rejected')
  expect(standingOf([entry(1, 'approve'), entry(2, 'clear')])).toBe('pending')
})

test('an approved caption whose later rejection is undone is approved again', () => {
  const log = [entry(1, 'approve'), entry(2, 'reject'), entry(3, 'undo', 2)]
  expect(standingOf(log)).toBe('approved')
  expect(standingOf([...log, entry(4, 'undo', 3)])).toBe('rejected')
  expect(standingOf([...log, entry(4, 'undo', 3), entry(5, 'undo', 4)])).toBe('approved')
})

test('a batch counts only while it is closed and not undone', () => {
  expect(standingOf([entry(1, 'approve'), entry(2, 'reject', null, false)])).toBe('approved')
})

test('samples and flags fold the same way', () => {
  expect(droppedOf([entry(1, 'drop')])).toBe(true)
  expect(droppedOf([entry(1, 'drop'), entry(2, 'keep')])).toBe(false)
  expect(droppedOf([entry(1, 'drop'), entry(2, 'keep'), entry(3, 'undo', 2)])).toBe(true)
  expect(flagOf([entry(1, 'flag'), entry(2, 'approve')])?.id).toBe(1)
  expect(flagOf([entry(1, 'flag'), entry(2, 'unflag')])).toBeUndefined()
})

// A log as the store writes it: decisions, and undos of the tip of a chain.
const steps = fc.array(fc.oneof(fc.constantFrom<Decision>('approve', 'reject', 'clear'), fc.nat(30)), { maxLength: 40 })
function play(script: readonly (Decision | number)[]) {
  const log: LogEntry[] = []
  const roots: { entry: LogEntry; chain: number[] }[] = []
  for (const step of script) {
    const id = log.length + 1
    if (typeof step === 'string') {
      const made = entry(id, step)
      log.push(made)
      roots.push({ entry: made, chain: [] })
    } else if (roots.length) {
      const root = roots[step % roots.length]
      log.push(entry(id, 'undo', root.chain.at(-1) ?? root.entry.id))
      root.chain.push(id)
    }
  }
  return { log, roots }
}

test('what is in force is what was undone an even number of times, whatever the order of the rows', () => {
  fc.assert(
    fc.property(steps, (script) => {
      const { log, roots } = play(script)
      const expected = roots.filter((root) => root.chain.length % 2 === 0).map((root) => root.entry.id)
      expect(inForce(log).map((one) => one.id)).toEqual(expected)
      expect(inForce([...log].reverse()).map((one) => one.id)).toEqual(expected)
    }),
  )
})

test('undo and then redo leaves everything as it was', () => {
  fc.assert(
    fc.property(steps, fc.nat(), (script, pick) => {
      const { log, roots } = play(script)
      fc.pre(roots.length > 0)
      const root = roots[pick % roots.length]
      const tip = root.chain.at(-1) ?? root.entry.id
      const turned = [...log, entry(log.length + 1, 'undo', tip), entry(log.length + 2, 'undo', log.length + 1)]
      expect(standingOf(turned)).toBe(standingOf(log))
    }),
  )
})
