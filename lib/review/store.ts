import { textHash, wordCount } from '@/lib/caption/count'
import type { CaptionView } from '@/lib/caption/schema'
import { captionById, indexText } from '@/lib/caption/store'
import { bulk } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { log } from '@/lib/log'
import { chunked, deciding, isTaken, type Tx } from './durable-store'
import { captionHistory, verdictView } from './history-store'
import { BY_A_PERSON, verdictRow, type NewVerdict } from './log-store'
import type { Actor, CaptionDecision, SampleDecision, VerdictView } from './schema'
import { record, settle, touch } from './settle-store'

/** `version` is what the writer saw; without one the decision is about whatever is there now. */
type Given = { reasons?: readonly string[]; note?: string; version?: number; token?: string }
export type CaptionGiven = Given & { decision: CaptionDecision; text?: string }
export type SampleGiven = Given & { decision: SampleDecision }
export type SampleState = { id: number; dropped: boolean; version: number }
export type Decided = { verdict: VerdictView; caption?: CaptionView; made?: CaptionView; sample: SampleState; repeated: boolean }

function sampleState(id: number): SampleState {
  const row = bulk().prepare(`SELECT id, dropped, version FROM Sample WHERE id = ?`).get(id) as { id: number; dropped: number; version: number } | undefined
  if (!row) throw new AppError('not_found', `There is no sample ${id}. Its dataset may have been deleted meanwhile.`)
  return { ...row, dropped: Boolean(row.dropped) }
}

/** A decision and what it left behind, as it is now. */
export function outcome(verdictId: number, repeated = false): Decided {
  const verdict = verdictView(verdictId)
  const made = verdict.madeId ?? (verdict.undoesId === null ? null : rootOf(verdict.id).madeId)
  return {
    verdict,
    caption: verdict.captionId === null ? undefined : captionById(verdict.captionId),
    made: made === null ? undefined : captionById(made),
    sample: sampleState(verdict.sampleId),
    repeated,
  }
}

export function rootOf(verdictId: number) {
  const row = verdictRow(verdictId)
  const root = row?.rootId ? verdictRow(row.rootId) : row
  if (!root) throw new AppError('not_found', `There is no decision ${verdictId}. Its dataset may have been deleted meanwhile.`)
  return root
}

type About = { captionId: number | null; sampleId?: number }

/** What a repeated token did the first time. */
function first(token: string | undefined, about: About): Decided | undefined {
  const earlier = token === undefined ? undefined : (bulk().prepare(`SELECT id, captionId, sampleId FROM Verdict WHERE token = ?`).get(token) as { id: number; captionId: number | null; sampleId: number } | undefined)
  if (!earlier) return undefined
  const same = about.captionId === null ? earlier.sampleId === about.sampleId : earlier.captionId === about.captionId
  if (!same) throw new AppError('invalid', 'This token belongs to another decision. Give every decision a token of its own.')
  return outcome(earlier.id, true)
}

/**
 * One decision by `work`, which returns the id of its verdict. A token that was used gives the first outcome, also where
 * the other one was written while this one waited.
 */
export async function decided(token: string | undefined, about: About, work: (tx: Tx) => Promise<number>): Promise<Decided> {
  const before = first(token, about)
  if (before) return before
  try {
    return outcome(await deciding(work))
  } catch (error) {
    const meanwhile = first(token, about)
    if (meanwhile) return meanwhile
    throw error
  }
}

/**
 * One decision about one caption. The same token again gives the first outcome. Throws 'conflict' with the present state
 * in `detail.present` when the caption is no longer at `version`, or is out of play.
 */
export async function decideCaption(actor: Actor, captionId: number, given: CaptionGiven): Promise<Decided> {
  const made = await decided(given.token, { captionId }, (tx) => decideWithin(tx, actor, captionId, given))
  if (made.made) await indexEdit()
  return made
}

/** The decision is saved; a search index that lags behind is caught up by whoever indexes next. */
export const indexEdit = (): Promise<unknown> => chunked(() => indexText()).catch((error: unknown) => log.warn({ error }, 'the search index lags behind'))

/** The same in a transaction that is open. Returns the id of the verdict. */
export async function decideWithin(tx: Tx, actor: Actor, captionId: number, given: CaptionGiven): Promise<number> {
  const { count } = await tx.caption.updateMany({ where: { id: captionId, version: given.version, retiredAt: null }, data: { version: { increment: 1 } } })
  if (count !== 1) throw stale(captionById(captionId))
  const caption = await tx.caption.findUniqueOrThrow({ where: { id: captionId } })
  const entry: NewVerdict = { ...given, datasetId: caption.datasetId, captionId, sampleId: caption.sampleId, reviewer: actor.reviewer }
  if (given.decision === 'edit') entry.madeId = await edited(tx, actor, caption, given.text)
  if (given.decision === 'approve' && caption.quarantined) entry.effect = { cleared: await openGuards(tx, captionId) }
  const verdict = await record(tx, entry)
  await settle(tx, verdict, true, actor.reviewer)
  return verdict.id
}

function stale(caption: CaptionView): AppError {
  if (caption.retired) return new AppError('conflict', `Caption ${caption.id} was taken out of play. Look at the sample again.`, { detail: { present: caption } })
  const latest = captionHistory(caption.id).at(-1)
  const what = latest ? `${latest.reviewer}: ${latest.decision}` : 'it changed'
  return new AppError('conflict', `Caption ${caption.id} changed since you saw it (${what}). Look again, then decide.`, { detail: { present: caption, latest: latest ?? null } })
}

async function edited(tx: Tx, actor: Actor, parent: { id: number; datasetId: number; sampleId: number; kind: string; text: string }, text: string | undefined): Promise<number> {
  if (text === undefined || text.trim() === '') throw new AppError('invalid', 'An edit needs its new text. To take a caption away, reject it.')
  if (text === parent.text) throw new AppError('invalid', 'The text is the same as before. Approve the caption instead.')
  const { datasetId, sampleId, kind, id: parentId } = parent
  const hash = textHash(text)
  const made = await tx.caption.create({ data: { datasetId, sampleId, text, kind, origin: 'human', standing: 'approved', parentId, author: actor.reviewer, words: wordCount(text), textHash: hash, hashed: { create: { hash } } }, select: { id: true } })
  return made.id
}

/** Open guard flags on a quarantined caption: what a person answers by approving it. */
const openGuards = async (tx: Tx, captionId: number): Promise<string[]> =>
  (await tx.flag.findMany({ where: { captionId, clearedAt: null, rule: { not: BY_A_PERSON } }, orderBy: { id: 'asc' }, select: { subject: true } })).map((flag) => flag.subject)

/** Keeps or drops a sample, or flags its alt text (the sample itself, where it has none). */
export const decideSample = (actor: Actor, sampleId: number, given: SampleGiven): Promise<Decided> =>
  decided(given.token, { captionId: null, sampleId }, async (tx) => {
    // Nothing is added yet, but the row is held from here on.
    const { count } = await tx.sample.updateMany({ where: { id: sampleId, version: given.version }, data: { version: { increment: 0 } } })
    if (count !== 1) {
      const present = sampleState(sampleId)
      throw new AppError('conflict', `The sample changed since you saw it: it is ${present.dropped ? 'dropped' : 'kept'} now. Look again, then decide.`, { detail: { present } })
    }
    const { datasetId } = await tx.sample.findUniqueOrThrow({ where: { id: sampleId }, select: { datasetId: true } })
    const captionId = given.decision === 'flag' ? await altOf(tx, sampleId) : given.decision === 'unflag' ? await flaggedOn(tx, sampleId) : null
    const verdict = await record(tx, { ...given, datasetId, captionId, sampleId, reviewer: actor.reviewer })
    await touch(tx, verdict)
    await settle(tx, verdict, true, actor.reviewer)
    return verdict.id
  })

const altOf = async (tx: Tx, sampleId: number): Promise<number | null> => (await tx.caption.findFirst({ where: { sampleId, kind: 'alt', retiredAt: null }, orderBy: { id: 'desc' }, select: { id: true } }))?.id ?? null

const flaggedOn = async (tx: Tx, sampleId: number): Promise<number | null> =>
  (await tx.flag.findFirst({ where: { sampleId, rule: BY_A_PERSON, clearedAt: null }, orderBy: { id: 'desc' }, select: { captionId: true } }))?.captionId ?? null

/** Takes a decision back by appending. Throws 'conflict' when it is taken back already. */
export const undo = (actor: Actor, verdictId: number, token?: string): Promise<Decided> => turn(actor, verdictId, false, token)

/** Puts a decision that was taken back in force again, by appending. */
export const redo = (actor: Actor, verdictId: number, token?: string): Promise<Decided> => turn(actor, verdictId, true, token)

function turn(actor: Actor, verdictId: number, on: boolean, token?: string): Promise<Decided> {
  const root = rootOf(verdictId)
  const { id: rootId, datasetId, captionId, sampleId } = root
  const already = (cause?: unknown) => new AppError('conflict', on ? 'This decision is in force already.' : 'This decision was taken back already.', { cause, detail: { present: outcome(rootId) } })
  return decided(token, { captionId, sampleId }, async (tx) => {
    const chain = bulk().prepare(`SELECT id FROM Verdict WHERE rootId = ? ORDER BY id`).pluck().all(rootId) as number[]
    if ((chain.length % 2 === 1) !== on) throw already()
    // Of two who take back the same entry at once the second finds `undoesId` taken.
    const entry = { datasetId, captionId, sampleId, decision: 'undo' as const, reviewer: actor.reviewer, undoesId: chain.at(-1) ?? rootId, rootId, token }
    const { id } = await record(tx, entry).catch((error: unknown) => { throw isTaken(error) ? already(error) : error })
    if (!(await touch(tx, root))) throw new AppError('not_found', 'What this decision is about was removed meanwhile.')
    await settle(tx, root, on, actor.reviewer)
    return id
  })
}
