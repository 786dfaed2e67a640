import type { TimelineEntry } from '@/lib/review/history-store'
import { clockTime } from '../ui/time'
import type { SampleAnswer } from '../api'

export type Moment = { at: string; what: string; who?: string; note?: string; gone?: boolean; tone?: 'approved' | 'rejected' | 'edited' | 'flag' }

const SAID: Record<string, string> = { approve: 'approved', reject: 'rejected', edit: 'edited', clear: 'set back to pending', keep: 'kept', drop: 'dropped', flag: 'flagged', unflag: 'flag taken away', undo: 'decision taken back' }
const TONE: Record<string, Moment['tone']> = { approve: 'approved', reject: 'rejected', edit: 'edited', drop: 'rejected', keep: 'approved', flag: 'flag' }

type Told = Pick<SampleAnswer, 'flags' | 'timeline'>

function momentOf(entry: TimelineEntry, kinds: ReadonlyMap<number, string>): Moment {
  if (entry.what === 'caption') {
    const { kind, origin, model, recipe, author, retired } = entry.caption
    const how = { source: 'imported', human: 'written', model: `by ${model ?? 'a model'}${recipe ? `, recipe ${recipe}` : ''}` }[origin]
    return { at: entry.at, what: `${kind} ${how}`, who: author ?? undefined, gone: retired }
  }
  if (entry.what !== 'verdict') return { at: entry.at, what: `${entry.act} in bulk ${entry.what === 'batch undone' ? 'taken back' : 'done again'}`, who: entry.reviewer }
  const { captionId, decision, reasons, reviewer, note, inForce } = entry.verdict
  const subject = captionId === null ? 'sample' : (kinds.get(captionId) ?? 'caption')
  return {
    at: entry.at,
    what: `${subject} ${SAID[decision] ?? decision}${reasons.length ? `: ${reasons.join(', ')}` : ''}${entry.act ? ' in bulk' : ''}`,
    who: reviewer,
    note: note || undefined,
    gone: !inForce && decision !== 'undo',
    tone: TONE[decision],
  }
}

/** What happened to a sample, oldest first: its captions as they came, its open flags, what people decided. */
export function timelineOf(sample: Told): Moment[] {
  const kinds = new Map(sample.timeline.flatMap((entry) => (entry.what === 'caption' ? [[entry.caption.id, entry.caption.kind] as const] : [])))
  const raised = sample.flags.map((flag): Moment => ({ at: flag.createdAt, what: `flag ${flag.rule}`, note: flag.evidence, tone: 'flag' }))
  return [...sample.timeline.map((entry) => momentOf(entry, kinds)), ...raised].sort((a, b) => Date.parse(a.at) - Date.parse(b.at))
}

/** Moments under their day (UTC), each with its clock time. */
export function byDay(moments: readonly Moment[]): [day: string, (Moment & { clock: string })[]][] {
  return [...Map.groupBy(moments.map((moment) => ({ ...moment, clock: clockTime(moment.at) })), (moment) => new Date(moment.at).toISOString().slice(0, 10))]
}
