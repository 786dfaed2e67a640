import type { Caption } from '../api'
import type { DeskItem } from '@/lib/review/desk-store'
import { inOrder, type Before, type Entry } from './outbox'

const BY_A_PERSON = 'flagged'
type Standing = Caption['standing']

export const altOf = (item: DeskItem): Caption | undefined => item.sample.captions.findLast((caption) => caption.kind === 'alt')
export const isFlagged = (item: DeskItem): boolean => item.sample.flags.some((flag) => flag.rule === BY_A_PERSON)

/** How things stand now, for the undo of what comes next. */
export const beforeOf = (item: DeskItem, captionId: number | null): Before => ({
  standing: item.sample.captions.find((caption) => caption.id === captionId)?.standing ?? null,
  dropped: item.sample.dropped,
  flagged: isFlagged(item),
})

const STANDING: Record<string, Standing> = { approve: 'approved', reject: 'rejected', edit: 'rejected', clear: 'pending' }

function withStanding(item: DeskItem, id: number, standing: Standing): DeskItem {
  return { ...item, sample: { ...item.sample, captions: item.sample.captions.map((caption) => (caption.id === id ? { ...caption, standing } : caption)) } }
}

function withFlag(item: DeskItem, up: boolean, by: string): DeskItem {
  const rest = item.sample.flags.filter((flag) => flag.rule !== BY_A_PERSON)
  const flag = { rule: BY_A_PERSON, evidence: `Flagged by ${by}.`, captionId: altOf(item)?.id ?? null, raisedBy: by, createdAt: '' }
  return { ...item, sample: { ...item.sample, flags: up ? [...rest, flag] : rest } }
}

/** The caption an edit will make, before the server has given it a number. */
function withEdit(item: DeskItem, entry: Entry, parentId: number, text: string): DeskItem {
  const parent = item.sample.captions.find((caption) => caption.id === parentId)
  if (!parent || item.sample.captions.some((caption) => caption.parentId === parentId && caption.text === text)) return item
  const made: Caption = {
    id: -entry.at, kind: parent.kind, origin: 'human', standing: 'approved', text, version: 0, words: text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0, tokens: null,
    quarantined: false, parentId, author: entry.reviewer, createdAt: new Date(entry.at).toISOString(),
  }
  return { ...item, sample: { ...item.sample, captions: [...item.sample.captions, made] } }
}

/** A sample after one decision. */
export function applyEntry(item: DeskItem, entry: Entry): DeskItem {
  const { deed, before, turn, reviewer } = entry
  const back = turn?.way === 'undo'
  if (deed.on === 'sample') {
    if (deed.decision === 'flag' || deed.decision === 'unflag') return withFlag(item, back ? before.flagged : deed.decision === 'flag', reviewer)
    return { ...item, sample: { ...item.sample, dropped: back ? before.dropped : deed.decision === 'drop' } }
  }
  const shown = withStanding(item, deed.caption, back ? ((before.standing as Standing | null) ?? 'pending') : STANDING[deed.decision])
  if (deed.decision !== 'edit' || deed.text === undefined) return shown
  if (!back) return withEdit(shown, entry, deed.caption, deed.text)
  return { ...shown, sample: { ...shown.sample, captions: shown.sample.captions.filter((caption) => caption.parentId !== deed.caption || caption.text !== deed.text) } }
}

/** A sample as it will be once the server has all that was decided here. What the server refused is not shown as done. */
export const shownItem = (item: DeskItem, entries: readonly Entry[]): DeskItem => inOrder(entries.filter((entry) => entry.sampleId === item.sample.id && entry.state !== 'refused')).reduce(applyEntry, item)

/** Alt text first, then kind by kind, the newest first: the order on the desk and of the digits. */
export function captionsInOrder(item: DeskItem): Caption[] {
  const rank = (caption: Caption) => (caption.kind === 'alt' ? 0 : 1)
  const age = (caption: Caption) => (caption.id < 0 ? Number.MAX_SAFE_INTEGER + caption.id / 1e3 : caption.id)
  return [...item.sample.captions].sort((a, b) => rank(a) - rank(b) || (b.kind < a.kind ? -1 : b.kind > a.kind ? 1 : 0) || (rank(a) === 0 ? age(a) - age(b) : age(b) - age(a)))
}

/** What still waits for a decision: pending captions of models and people; the alt texts only where nothing else came. */
export function undecidedIn(item: DeskItem): Caption[] {
  if (item.sample.dropped) return []
  const all = captionsInOrder(item)
  const written = all.filter((caption) => caption.kind !== 'alt')
  return (written.length ? written : all).filter((caption) => caption.standing === 'pending')
}
