import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { conflictOf, Keeper } from './keeper'
import type { Entry } from './outbox'

const sent: { path: string; body: Record<string, unknown> }[] = []
/** What the server does next, instead of answering; numbers verdicts by token, as it does. */
let next: (() => Promise<void>)[] = []
const numbers = new Map<unknown, number>()
vi.mock('../api', () => {
  class ApiError extends Error {
    constructor(message: string, readonly status: number) {
      super(message)
    }
  }
  return {
    ApiError,
    post: async (path: string, body: Record<string, unknown>) => {
      sent.push({ path, body })
      if (!numbers.has(body.token)) numbers.set(body.token, 71 + numbers.size)
      await next.shift()?.()
      return { verdict: { id: numbers.get(body.token) }, caption: { id: 5, version: sent.length + 1 }, sample: { id: 1, version: 1 } }
    },
  }
})

class Memory {
  readonly kept = new Map<string, string>()
  getItem = (key: string) => this.kept.get(key) ?? null
  setItem = (key: string, value: string) => void this.kept.set(key, value)
  removeItem = (key: string) => void this.kept.delete(key)
}
/** localStorage lists its keys as properties. */
const storage = () => new Proxy(new Memory(), { ownKeys: (memory) => [...memory.kept.keys()], getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }) })

beforeEach(() => {
  sent.length = 0
  next = []
  numbers.clear()
  vi.stubGlobal('localStorage', storage())
  vi.stubGlobal('window', new EventTarget())
  vi.stubGlobal('BroadcastChannel', undefined)
})
afterEach(() => vi.unstubAllGlobals())

const entry = (token: string, patch: Partial<Entry> = {}): Entry => ({
  token, at: 1, dataset: 'shop', key: 'a.jpg', sampleId: 1, reviewer: 'ada', deed: { on: 'caption', caption: 5, decision: 'approve', reasons: [], note: '', version: 0 },
  before: { standing: 'pending', dropped: false, flagged: false }, turn: null, state: 'waiting', out: false, tries: 0, retryAt: 0, why: '', present: null, ...patch,
})

type Told = Parameters<Keeper['open']>[0]
const open = (keeper: Keeper, told: Partial<Told> = {}) => keeper.open({ sent: () => {}, sentElsewhere: () => {}, turned: () => {}, refused: () => {}, ...told })

test('an undo asked for after its deed was sent, but before the screen knew its verdict, is sent too', async () => {
  const keeper = new Keeper('shop')
  keeper.add(entry('approve-5'))
  await vi.waitFor(() => expect(keeper.entries()).toEqual([]))
  expect(keeper.withdraw('approve-5')).toBe(false)
  keeper.add(entry('undo-of-5', { at: 2, turn: { way: 'undo', of: 'approve-5', verdict: null } }))
  await vi.waitFor(() => expect(sent.map((one) => one.path)).toEqual(['/api/v1/captions/5/verdicts', '/api/v1/verdicts/71/undo']))
  await vi.waitFor(() => expect(keeper.entries()).toEqual([]))
})

test('a deed that waits is withdrawn without a word to the server', async () => {
  const keeper = new Keeper('shop')
  keeper.add(entry('approve-6', { retryAt: Date.now() + 60_000 }))
  expect(keeper.withdraw('approve-6')).toBe(true)
  expect(keeper.entries()).toEqual([])
  expect(sent).toEqual([])
})

const paths = () => sent.map((one) => one.path)
const [APPROVE, UNDO, REDO] = ['/api/v1/captions/5/verdicts', '/api/v1/verdicts/71/undo', '/api/v1/verdicts/71/redo']
const turn = (token: string, way: 'undo' | 'redo', at: number, verdict: number | null = null) => entry(token, { at, turn: { way, of: 'approve-5', verdict } })

test('undo, redo and undo again while the server is silent arrive in their order once it answers', async () => {
  const keeper = new Keeper('shop')
  next = [() => Promise.reject(new Error('no answer'))]
  keeper.add(entry('approve-5'))
  await vi.waitFor(() => expect(keeper.entries()[0]).toMatchObject({ tries: 1 }))
  expect(keeper.withdraw('approve-5')).toBe(false)
  keeper.add(turn('undo-of-5', 'undo', 2))
  keeper.add(turn('redo-of-5', 'redo', 3))
  keeper.add(turn('undo-again', 'undo', 4))
  keeper.again()
  await vi.waitFor(() => expect(keeper.entries()).toEqual([]))
  expect(paths()).toEqual([APPROVE, APPROVE, UNDO, REDO, UNDO])
})

test('a page closed between answer and undo: the next one learns the number by sending the deed again', async () => {
  new Keeper('shop').add(turn('undo-of-5', 'undo', 2))
  const after = new Keeper('shop')
  const stop = open(after)
  await vi.waitFor(() => expect(paths()).toEqual([APPROVE, UNDO]))
  expect(sent[0].body).toMatchObject({ token: 'approve-5', decision: 'approve' })
  await vi.waitFor(() => expect(after.entries()).toEqual([]))
  stop()
})

test('what another window began to send is not withdrawn here, but undone', async () => {
  const [one, other] = [new Keeper('shop'), new Keeper('shop')]
  const answer = Promise.withResolvers<void>()
  next = [() => answer.promise]
  one.add(entry('approve-5'))
  const stop = open(other)
  await vi.waitFor(() => expect(paths()).toContain(APPROVE))
  expect(other.withdraw('approve-5')).toBe(false)
  answer.resolve()
  stop()
})

test('an undo that another window did already is no fault', async () => {
  const { ApiError } = await import('../api')
  const keeper = new Keeper('shop')
  const turned: string[] = []
  const stop = open(keeper, { turned: (one) => turned.push(one.token) })
  next = [() => Promise.reject(new ApiError('This decision was taken back already.', 409, 'conflict'))]
  keeper.add(turn('undo-of-5', 'undo', 2, 71))
  await vi.waitFor(() => expect(turned).toEqual(['undo-of-5']))
  expect(keeper.entries()).toEqual([])
  stop()
})

test('who was quicker is told with the time and whose time it is', () => {
  const latest = { reviewer: 'Ada', decision: 'reject', createdAt: '2026-11-27T09:14:33.000Z' }
  expect(conflictOf({ present: { version: 2, standing: 'rejected' }, latest })?.says).toBe('Ada rejected this at 09:14 UTC')
  expect(conflictOf({ present: { version: 2, standing: 'rejected' } })?.says).toBe('This is rejected now')
})
