import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Keeper } from './keeper'
import type { Entry } from './outbox'

const sent: { path: string; body: Record<string, unknown> }[] = []
vi.mock('../api', () => ({
  ApiError: class extends Error {},
  post: async (path: string, body: Record<string, unknown>) => {
    sent.push({ path, body })
    return { verdict: { id: 70 + sent.length }, caption: { id: 5, version: sent.length + 1 }, sample: { id: 1, version: 1 } }
  },
}))

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
  vi.stubGlobal('localStorage', storage())
})
afterEach(() => vi.unstubAllGlobals())

const entry = (token: string, patch: Partial<Entry> = {}): Entry => ({
  token, at: 1, dataset: 'shop', key: 'a.jpg', sampleId: 1, reviewer: 'ada', deed: { on: 'caption', caption: 5, decision: 'approve', reasons: [], note: '', version: 0 },
  before: { standing: 'pending', dropped: false, flagged: false }, turn: null, state: 'waiting', tries: 0, retryAt: 0, why: '', present: null, ...patch,
})

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
