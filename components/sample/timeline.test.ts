import { expect, test } from 'vitest'
import type { VerdictView } from '@/lib/review/schema'
import type { TimelineEntry } from '@/lib/review/history-store'
import { byDay, timelineOf } from './timeline'

const caption = (part: object, at: string) => ({ at, what: 'caption', caption: { id: 1, kind: 'alt', origin: 'source', model: null, recipe: null, author: null, retired: false, createdAt: at, ...part } }) as TimelineEntry
const verdict = (part: Partial<VerdictView>, at: string): TimelineEntry => ({
  at, what: 'verdict', act: null, verdict: { id: 1, captionId: 2, sampleId: 1, decision: 'approve', reasons: [], note: '', reviewer: 'ada', batchId: null, undoesId: null, madeId: null, createdAt: at, inForce: true, ...part },
})

const sample: Parameters<typeof timelineOf>[0] = {
  flags: [{ rule: 'url', evidence: 'www.example.com', captionId: 1, raisedBy: 'import', createdAt: '2026-01-02T09:14:01.000+00:00' }],
  timeline: [
    caption({}, '2026-01-02T09:14:00.000+00:00'),
    caption({ id: 2, kind: 'short', origin: 'model', model: 'builtin', recipe: 'short@1' }, '2026-01-02T09:20:00.000+00:00'),
    verdict({ decision: 'reject', reasons: ['wrong-count'], inForce: false }, '2026-01-02T09:31:00.000+00:00'),
    verdict({ decision: 'undo' }, '2026-01-02T09:32:00.000+00:00'),
    verdict({ captionId: null, decision: 'drop', note: 'blurred' }, '2026-01-03T08:00:00.000+00:00'),
    { at: '2026-01-03T09:00:00.000+00:00', what: 'batch undone', reviewer: 'bo', batchId: 4, act: 'approve' },
  ],
}

test('reads as what happened, oldest first', () => {
  expect(timelineOf(sample).map((moment) => moment.what)).toEqual(['alt imported', 'flag url', 'short by builtin, recipe short@1', 'short rejected: wrong-count', 'short decision taken back', 'sample dropped', 'approve in bulk taken back'])
})

test('what was taken back stays, marked', () => {
  expect(timelineOf(sample).map((moment) => Boolean(moment.gone))).toEqual([false, false, false, true, false, false, false])
})

test('stands under its day', () => {
  expect(byDay(timelineOf(sample)).map(([day, moments]) => [day, moments.map((moment) => moment.clock)])).toEqual([
    ['2026-01-02', ['09:14', '09:14', '09:20', '09:31', '09:32']],
    ['2026-01-03', ['08:00', '09:00']],
  ])
})
