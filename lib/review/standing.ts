import type { Standing } from '@/lib/caption/schema'
import type { Decision } from './schema'

export type LogEntry = {
  id: number
  decision: Decision
  undoesId: number | null
  /** false while its batch is open, failed or undone */
  counts: boolean
}

/** The entries that a later one takes back. An undo that is itself undone takes nothing back. */
export function takenBack(log: readonly LogEntry[]): Set<number> {
  const taken = new Set<number>()
  for (const entry of [...log].sort((a, b) => b.id - a.id)) {
    if (entry.undoesId !== null && entry.counts && !taken.has(entry.id)) taken.add(entry.undoesId)
  }
  return taken
}

/** The decisions that are in force, oldest first. */
export function inForce<T extends LogEntry>(log: readonly T[]): T[] {
  const taken = takenBack(log)
  return log.filter((entry) => entry.undoesId === null && entry.counts && !taken.has(entry.id)).sort((a, b) => a.id - b.id)
}

const STANDING: Partial<Record<Decision, Standing>> = { approve: 'approved', reject: 'rejected', edit: 'rejected', clear: 'pending' }

/** Where a caption stands: its latest verdict in force; without one, `base` (`approved` for the text an edit made). */
export function standingOf(log: readonly LogEntry[], base: Standing = 'pending'): Standing {
  const latest = inForce(log).findLast((entry) => entry.decision in STANDING)
  return (latest && STANDING[latest.decision]) ?? base
}

/** Whether the sample is out of every release: its latest keep or drop in force. */
export const droppedOf = (log: readonly LogEntry[]): boolean => inForce(log).findLast((entry) => entry.decision === 'keep' || entry.decision === 'drop')?.decision === 'drop'

/** The entry that raised a person's flag, where it is up. */
export function flagOf<T extends LogEntry>(log: readonly T[]): T | undefined {
  const latest = inForce(log).findLast((entry) => entry.decision === 'flag' || entry.decision === 'unflag')
  return latest?.decision === 'flag' ? latest : undefined
}

/** The texts that edits in force made: in play exactly while their edit is. */
export const madeInPlay = (log: readonly (LogEntry & { madeId: number | null })[]): Set<number> => new Set(inForce(log).flatMap((entry) => entry.madeId ?? []))
