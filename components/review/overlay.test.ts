import { expect, test } from 'vitest'
import type { DeskItem } from '@/lib/review/desk-store'
import { beforeOf, captionsInOrder, isFlagged, shownItem, undecidedIn } from './overlay'
import type { Deed, Entry } from './outbox'

const caption = (id: number, kind: string, standing: 'pending' | 'approved' | 'rejected' = 'pending') => ({ id, kind, origin: kind === 'alt' ? ('source' as const) : ('model' as const), standing, text: `text ${id}`, version: 0, words: 2, tokens: 4, quarantined: false, createdAt: '2026-01-01T00:00:00.000Z' })
const item: DeskItem = {
  sample: { key: 'a.jpg', width: 10, height: 10, dropped: false, version: 0, id: 1, mediaId: 1, groupId: null, fault: null, meta: null, captions: [caption(1, 'alt'), caption(2, 'short'), caption(3, 'detailed')], flags: [] },
  random: false, claims: [], sight: null,
}
let at = 0
const entry = (deed: Deed, shown: DeskItem, turn: Entry['turn'] = null): Entry => ({
  token: `token-${++at}`, at, dataset: 'd', key: 'a.jpg', sampleId: 1, reviewer: 'Ada', deed, before: beforeOf(shown, deed.on === 'caption' ? deed.caption : null), turn, state: 'waiting', out: false, tries: 0, retryAt: 0, why: '', present: null,
})
const approve: Deed = { on: 'caption', caption: 2, decision: 'approve', reasons: [], note: '', version: 0 }
const edit: Deed = { on: 'caption', caption: 3, decision: 'edit', reasons: [], note: '', version: 0, text: 'better' }
const standings = (shown: DeskItem) => captionsInOrder(shown).map((one) => `${one.kind} ${one.standing}`)

test('decisions show before the server has them, in order', () => {
  const first = entry(approve, item)
  const shown = shownItem(item, [first])
  expect(standings(shown)).toEqual(['alt pending', 'short approved', 'detailed pending'])
  expect(undecidedIn(shown).map((one) => one.id)).toEqual([3])
  expect(standings(shownItem(item, [first, entry(edit, shown)]))).toEqual(['alt pending', 'short approved', 'detailed approved', 'detailed rejected'])
})

test('an undo shows what was before, an edit undone takes its text along', () => {
  const done = entry(edit, item)
  const after = shownItem(item, [done])
  expect(shownItem(item, [done, { ...entry(edit, after, { way: 'undo', of: done.token, verdict: 4 }), before: done.before }])).toEqual(item)
})

test('flags and drops', () => {
  const flag = entry({ on: 'sample', decision: 'flag', reasons: [] }, item)
  const drop = entry({ on: 'sample', decision: 'drop', reasons: ['watermark'], version: 0 }, item)
  const shown = shownItem(item, [flag, drop])
  expect([isFlagged(shown), shown.sample.dropped, undecidedIn(shown)]).toEqual([true, true, []])
})

test('what was refused is not shown as done', () => {
  expect(shownItem(item, [{ ...entry(approve, item), state: 'refused' }])).toEqual(item)
})

test('where only an alt text came, it is what waits', () => {
  const bare = { ...item, sample: { ...item.sample, captions: [caption(1, 'alt')] } }
  expect(undecidedIn(bare).map((one) => one.id)).toEqual([1])
})
