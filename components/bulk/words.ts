import type { BatchView } from '@/lib/review/batch-store'
import type { BulkAct } from '@/lib/review/bulk'
import { counted } from '../ui/numbers'

/** How an act is offered, what it does to so many, and what of. */
export const ACTS: Readonly<Record<BulkAct, { offer: string; button: string; of: 'caption' | 'sample'; hint: string }>> = {
  approve: { offer: 'Approve', button: 'Approve', of: 'caption', hint: 'The pending caption that speaks for each sample, of each kind but alt.' },
  reject: { offer: 'Reject', button: 'Reject', of: 'caption', hint: 'The caption that speaks for each sample, quarantined ones included.' },
  clear: { offer: 'Clear decisions', button: 'Clear', of: 'caption', hint: 'What was approved or rejected becomes pending again.' },
  flag: { offer: 'Flag', button: 'Flag', of: 'sample', hint: 'The alt text is flagged, so that people look at it.' },
  unflag: { offer: 'Take flags back', button: 'Take back', of: 'sample', hint: 'Flags that people raised; those of rules stay.' },
  drop: { offer: 'Drop samples', button: 'Drop', of: 'sample', hint: 'They leave every release.' },
  keep: { offer: 'Take dropped samples back in', button: 'Take in', of: 'sample', hint: 'Only those that were dropped.' },
}

const DID: Readonly<Record<string, (count: number) => string>> = {
  approve: (count) => `${counted(count, 'caption')} approved`,
  reject: (count) => `${counted(count, 'caption')} rejected`,
  clear: (count) => `${counted(count, 'decision')} cleared`,
  flag: (count) => `${counted(count, 'sample')} flagged`,
  unflag: (count) => `${counted(count, 'flag')} taken back`,
  drop: (count) => `${counted(count, 'sample')} dropped`,
  keep: (count) => `${counted(count, 'sample')} taken back in`,
  replace: (count) => `${counted(count, 'caption')} edited by find and replace`,
  certify: (count) => `${counted(count, 'caption')} certified`,
  promote: (count) => `${counted(count, 'caption')} rejected for the winner of a comparison`,
  import: (count) => `${counted(count, 'decision')} imported`,
  rollback: (count) => `${counted(count, 'caption')} of a run taken out of play`,
}

/** What a bulk step did. */
export const did = (batch: Pick<BatchView, 'act' | 'count'>): string => (DID[batch.act] ?? ((count: number) => `${batch.act}: ${counted(count, 'decision')}`))(batch.count)

/** What it was about, as far as it was written down. */
export function about({ spec }: Pick<BatchView, 'spec'>): string[] {
  const said: string[] = []
  const text = (name: string) => (typeof spec[name] === 'string' && spec[name] !== '' ? spec[name] : undefined)
  if (text('find')) said.push(`“${text('find')}” → “${text('replace') ?? ''}”`)
  if (text('filter')) said.push(`where ${text('filter')}`)
  if (text('model')) said.push(`by ${text('model')}`)
  if (Array.isArray(spec.reasons) && spec.reasons.length) said.push(spec.reasons.join(', '))
  if (text('note')) said.push(text('note') ?? '')
  return said
}
