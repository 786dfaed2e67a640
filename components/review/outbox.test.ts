import fc from 'fast-check'
import { expect, test } from 'vitest'
import { backoff, nextTime, nextToSend, outbox, parseEntry, requestOf, type Entry } from './outbox'

let count = 0
const entry = (patch: Partial<Entry> = {}): Entry => ({
  token: `token-${String(++count).padStart(4, '0')}`, at: count, dataset: 'a b', key: 'x/1.jpg', sampleId: 1, reviewer: 'Ada',
  deed: { on: 'caption', caption: 7, decision: 'approve', reasons: [], note: '', version: 2 }, before: { standing: 'pending', dropped: false, flagged: false },
  turn: null, state: 'waiting', out: false, tries: 0, retryAt: 0, why: '', present: null, ...patch,
})

test('decisions about one sample go in their order; another sample does not wait for a conflict', () => {
  const [first, second, other] = [entry(), entry(), entry({ sampleId: 2 })]
  const all = [other, second, first]
  expect(nextToSend(all, 0)?.token).toBe(first.token)
  const held = outbox(all, { is: 'conflict', token: first.token, why: 'changed', present: { version: 5, standing: 'rejected', says: 'Bo: reject' } })
  expect(nextToSend(held, 0)?.token).toBe(other.token)
  const mine = outbox(held, { is: 'mine', token: first.token })
  expect(nextToSend(mine, 0)).toMatchObject({ token: first.token, deed: { version: 5 } })
})

test('an undo waits until its deed has a number, and goes with a deed that never was', () => {
  const deed = entry()
  const undo = entry({ turn: { way: 'undo', of: deed.token, verdict: null } })
  expect(nextToSend([undo, deed], 0)?.token).toBe(deed.token)
  const sent = outbox([deed, undo], { is: 'sent', token: deed.token, verdict: 40 })
  expect(nextToSend(sent, 0)).toMatchObject({ token: undo.token, turn: { verdict: 40 } })
  expect(requestOf(sent[0], undefined)).toEqual({ path: '/api/v1/verdicts/40/undo', body: { reviewer: 'Ada', token: undo.token } })
  expect(outbox([deed, undo], { is: 'discard', token: deed.token })).toEqual([])
})

test('what was refused holds nothing back, and cannot be undone', () => {
  const [bad, good] = [entry(), entry()]
  const undo = entry({ turn: { way: 'undo', of: bad.token, verdict: null } })
  const after = outbox([bad, undo, good], { is: 'refused', token: bad.token, why: 'no' })
  expect(after.map((one) => [one.token, one.state])).toEqual([[bad.token, 'refused'], [good.token, 'waiting']])
  expect(nextToSend(after, 0)?.token).toBe(good.token)
})

test('what could not be sent stays, waits longer each time, and holds the rest back', () => {
  const [first, other] = [entry(), entry({ sampleId: 2 })]
  let all: Entry[] = [first, other]
  for (let i = 1; i <= 3; i++) all = outbox(all, { is: 'unreached', token: first.token, why: 'no answer', now: 1000 })
  expect(all[0]).toMatchObject({ tries: 3, retryAt: 3000, why: 'no answer' })
  expect(nextToSend(all, 2999)).toBeUndefined()
  expect(nextTime(all)).toBe(3000)
  expect(nextToSend(outbox(all, { is: 'again' }), 0)?.token).toBe(first.token)
  expect(backoff(50)).toBe(15_000)
})

test('a write names the newest version the browser knows from its own decisions', () => {
  expect(requestOf(entry(), 4).body.version).toBe(4)
  expect(requestOf(entry(), undefined).body).toMatchObject({ version: 2, decision: 'approve' })
  const drop = entry({ deed: { on: 'sample', decision: 'drop', reasons: ['watermark'], version: 0 } })
  expect(requestOf(drop, undefined)).toMatchObject({ path: '/api/v1/datasets/a%20b/samples/x%2F1.jpg/verdicts', body: { reasons: ['watermark'], version: 0 } })
})

test('what a browser kept is read with care', () => {
  const kept = entry()
  expect(parseEntry(JSON.stringify(kept))).toEqual(kept)
  for (const hostile of [null, '', '{', '[]', '{"token":"x"}', JSON.stringify({ ...kept, reviewer: '' }), JSON.stringify({ ...kept, deed: { on: 'caption', decision: 'delete' } })]) expect(parseEntry(hostile)).toBeNull()
})

test('nothing is lost and nothing is sent twice, whatever the order of answers', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer({ min: 1, max: 3 }), fc.constantFrom('sent', 'unreached', 'refused', 'conflict')), { maxLength: 30 }), (script) => {
      let all: Entry[] = []
      const done: string[] = []
      let now = 0
      for (const [sampleId, answer] of script) {
        all = outbox(all, { is: 'add', entry: entry({ sampleId }) })
        const next = nextToSend(all, (now += 20_000))
        if (!next) continue
        const before = all.length
        if (answer === 'sent') {
          expect(done).not.toContain(next.token)
          done.push(next.token)
          all = outbox(all, { is: 'sent', token: next.token, verdict: 1 })
          expect(all).toHaveLength(before - 1)
        } else {
          all = outbox(all, answer === 'unreached' ? { is: 'unreached', token: next.token, why: '', now } : answer === 'refused' ? { is: 'refused', token: next.token, why: '' } : { is: 'conflict', token: next.token, why: '', present: null })
          expect(all).toHaveLength(before)
        }
      }
      expect(done.length + all.length).toBe(script.length)
    }),
  )
})
