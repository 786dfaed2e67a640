import type { Tx } from './durable-store'
import { baseOf, COUNTING, effectOf, entryRow, flagBy, flagKey, type NewVerdict } from './log-store'
import type { Decision } from './schema'
import { droppedOf, flagOf, madeInPlay, standingOf } from './standing'

/** What a verdict is about: a caption, or the sample itself. */
type Subject = { captionId: number | null; sampleId: number }

/** Reads before it writes: never the first statement of a transaction. */
export async function remember(tx: Tx, name: string): Promise<void> {
  const known = await tx.reviewer.findUnique({ where: { name }, select: { id: true } })
  if (!known) await tx.reviewer.create({ data: { name }, select: { id: true } })
}

/** Appends one decision to the log. */
export async function record(tx: Tx, entry: NewVerdict) {
  const data = entryRow(entry)
  const { id } = await tx.verdict.create({ data, select: { id: true } })
  await remember(tx, entry.reviewer)
  return { ...data, id }
}

/** Counts a verdict in the version of what it is about. Returns whether that is still there. */
export async function touch(tx: Tx, { captionId, sampleId }: Subject): Promise<boolean> {
  const data = { version: { increment: 1 } }
  const { count } = captionId === null ? await tx.sample.updateMany({ where: { id: sampleId }, data }) : await tx.caption.updateMany({ where: { id: captionId }, data })
  return count === 1
}

const LINE = { id: true, datasetId: true, captionId: true, sampleId: true, decision: true, note: true, reviewer: true, batchId: true, undoesId: true, madeId: true } as const
async function logOf(tx: Tx, { captionId, sampleId }: Subject) {
  const rows = await tx.verdict.findMany({ where: captionId === null ? { sampleId, captionId } : { captionId }, orderBy: { id: 'asc' }, select: LINE })
  const batches = [...new Set(rows.flatMap((row) => row.batchId ?? []))]
  const counting = new Set(batches.length ? (await tx.$queryRawUnsafe<{ id: number }[]>(COUNTING, JSON.stringify(batches))).map((one) => one.id) : [])
  return rows.map((row) => ({ ...row, decision: row.decision as Decision, counts: row.batchId === null || counting.has(row.batchId) }))
}
type Log = Awaited<ReturnType<typeof logOf>>

async function settleFlag(tx: Tx, subject: Subject, log: Log, reviewer: string): Promise<void> {
  const key = flagKey(subject)
  const up = flagOf(log)
  if (up) await tx.flag.upsert({ where: { subject: key }, create: { subject: key, ...flagBy(up) }, update: { clearedAt: null, clearedBy: null } })
  else await tx.flag.updateMany({ where: { subject: key, clearedAt: null }, data: { clearedAt: new Date(), clearedBy: reviewer } })
}

async function settleGuards(tx: Tx, captionId: number, cleared: string[], on: boolean, reviewer: string): Promise<void> {
  const subject = { in: cleared }
  if (on) await tx.flag.updateMany({ where: { subject, clearedAt: null }, data: { clearedAt: new Date(), clearedBy: reviewer } })
  else await tx.flag.updateMany({ where: { subject }, data: { clearedAt: null, clearedBy: null } })
  await tx.caption.updateMany({ where: { id: captionId }, data: { quarantined: !on } })
}

type Settled = Subject & { decision: string; madeId: number | null; effect: string | null }

/**
 * Everything that follows from a verdict's being in force (`on`) or no longer in force, but for the version (see `touch`).
 * In the transaction that changed that.
 */
export async function settle(tx: Tx, verdict: Settled, on: boolean, reviewer: string): Promise<void> {
  const { captionId, sampleId, decision, madeId } = verdict
  const log = await logOf(tx, verdict)
  if (decision === 'flag' || decision === 'unflag') await settleFlag(tx, verdict, log, reviewer)
  if (captionId === null) {
    await tx.sample.updateMany({ where: { id: sampleId }, data: { dropped: droppedOf(log) } })
    return
  }
  const maker = await tx.verdict.findFirst({ where: { madeId: captionId }, orderBy: { id: 'asc' }, select: { effect: true } })
  await tx.caption.updateMany({ where: { id: captionId }, data: { standing: standingOf(log, baseOf(maker)) } })
  if (madeId !== null) await tx.caption.updateMany({ where: { id: madeId }, data: { version: { increment: 1 }, retiredAt: madeInPlay(log).has(madeId) ? null : new Date() } })
  const { cleared = [] } = effectOf(verdict.effect)
  if (cleared.length) await settleGuards(tx, captionId, cleared, on, reviewer)
}
