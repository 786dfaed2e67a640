import type { CaptionView } from '@/lib/caption/schema'
import { captionById, captionsOf, indexText, insertCaptions } from '@/lib/caption/store'
import { bulk } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { log } from '@/lib/log'
import { chunked, durable } from './durable-store'
import { captionHistory, verdictView } from './history-store'
import { append, BY_A_PERSON, openGuards, rememberReviewer, settle, verdictRow, type NewVerdict } from './log-store'
import type { Actor, CaptionDecision, SampleDecision, VerdictView } from './schema'

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

/** What a repeated token did the first time. */
function first(token: string | undefined, about: { captionId?: number; sampleId?: number }): Decided | undefined {
  const earlier = token === undefined ? undefined : (bulk().prepare(`SELECT id, captionId, sampleId FROM Verdict WHERE token = ?`).get(token) as { id: number; captionId: number | null; sampleId: number } | undefined)
  if (!earlier) return undefined
  const same = about.captionId === undefined ? earlier.sampleId === about.sampleId : earlier.captionId === about.captionId
  if (!same) throw new AppError('invalid', 'This token belongs to another decision. Give every decision a token of its own.')
  return outcome(earlier.id, true)
}

function stale(caption: CaptionView): AppError {
  const latest = captionHistory(caption.id).at(-1)
  const what = latest ? `${latest.reviewer}: ${latest.decision}` : 'it changed'
  return new AppError('conflict', `Caption ${caption.id} changed since you saw it (${what}). Look again, then decide.`, { detail: { present: caption, latest: latest ?? null } })
}

/**
 * One decision about one caption. The same token again gives the first outcome. Throws 'conflict' with the present state
 * in `detail.present` when the caption is no longer at `version`, or is out of play.
 */
export async function decideCaption(actor: Actor, captionId: number, given: CaptionGiven): Promise<Decided> {
  const decided = await durable(() => decideNow(actor, captionId, given))
  // The decision is saved; a search index that lags behind is caught up by whoever indexes next.
  if (decided.made) await chunked(() => indexText()).catch((error: unknown) => log.warn({ error }, 'the search index lags behind'))
  return decided
}

/** The same inside a transaction that is running. */
export function decideNow(actor: Actor, captionId: number, given: CaptionGiven): Decided {
  const before = first(given.token, { captionId })
  if (before) return before
  const caption = captionById(captionId)
  if (given.version !== undefined && caption.version !== given.version) throw stale(caption)
  if (caption.retired) throw new AppError('conflict', `Caption ${captionId} was taken out of play. Look at the sample again.`, { detail: { present: caption } })
  const datasetId = bulk().prepare(`SELECT datasetId FROM Sample WHERE id = ?`).pluck().get(caption.sampleId) as number
  const entry: NewVerdict = { ...given, datasetId, captionId, sampleId: caption.sampleId, reviewer: actor.reviewer }
  if (given.decision === 'edit') entry.madeId = edited(actor, datasetId, caption, given.text)
  if (given.decision === 'approve' && caption.quarantined) entry.effect = { cleared: openGuards(caption) }
  return record(entry)
}

function edited(actor: Actor, datasetId: number, parent: CaptionView, text: string | undefined): number {
  if (text === undefined || text.trim() === '') throw new AppError('invalid', 'An edit needs its new text. To take a caption away, reject it.')
  if (text === parent.text) throw new AppError('invalid', 'The text is the same as before. Approve the caption instead.')
  return insertCaptions([{ datasetId, sampleId: parent.sampleId, text, kind: parent.kind, origin: 'human', standing: 'approved', parentId: parent.id, author: actor.reviewer }])[0]
}

function record(entry: NewVerdict): Decided {
  rememberReviewer(entry.reviewer)
  const [id] = append([entry])
  const row = verdictRow(id)
  if (row) settle(row, true, entry.reviewer)
  return outcome(id)
}

/** Keeps or drops a sample, or flags its alt text (the sample itself, where it has none). */
export const decideSample = (actor: Actor, sampleId: number, given: SampleGiven): Promise<Decided> =>
  durable(() => {
    const before = first(given.token, { sampleId })
    if (before) return before
    const sample = sampleState(sampleId)
    if (given.version !== undefined && sample.version !== given.version) {
      throw new AppError('conflict', `The sample changed since you saw it: it is ${sample.dropped ? 'dropped' : 'kept'} now. Look again, then decide.`, { detail: { present: sample } })
    }
    const datasetId = bulk().prepare(`SELECT datasetId FROM Sample WHERE id = ?`).pluck().get(sampleId) as number
    const captionId = given.decision === 'flag' ? altOf(sampleId) : given.decision === 'unflag' ? flaggedOn(sampleId) : null
    return record({ ...given, datasetId, captionId, sampleId, reviewer: actor.reviewer })
  })

const altOf = (sampleId: number): number | null => captionsOf([sampleId]).findLast((caption) => caption.kind === 'alt' && !caption.retired)?.id ?? null

function flaggedOn(sampleId: number): number | null {
  const flag = bulk().prepare(`SELECT captionId FROM Flag WHERE sampleId = ? AND rule = ? AND clearedAt IS NULL ORDER BY id DESC LIMIT 1`).get(sampleId, BY_A_PERSON) as { captionId: number | null } | undefined
  return flag?.captionId ?? null
}

/** Takes a decision back by appending. Throws 'conflict' when it is taken back already. */
export const undo = (actor: Actor, verdictId: number, token?: string): Promise<Decided> => durable(() => turn(actor, verdictId, false, token))

/** Puts a decision that was taken back in force again, by appending. */
export const redo = (actor: Actor, verdictId: number, token?: string): Promise<Decided> => durable(() => turn(actor, verdictId, true, token))

/** Undo or redo inside a running transaction. */
export function turn(actor: Actor, verdictId: number, on: boolean, token?: string): Decided {
  const root = rootOf(verdictId)
  const before = first(token, root.captionId === null ? { sampleId: root.sampleId } : { captionId: root.captionId })
  if (before) return before
  const chain = bulk().prepare(`SELECT id FROM Verdict WHERE rootId = ? ORDER BY id`).pluck().all(root.id) as number[]
  const undone = chain.length % 2 === 1
  if (undone !== on) throw new AppError('conflict', on ? 'This decision is in force already.' : 'This decision was taken back already.', { detail: { present: outcome(root.id) } })
  rememberReviewer(actor.reviewer)
  const [id] = append([{ datasetId: root.datasetId, captionId: root.captionId, sampleId: root.sampleId, decision: 'undo', reviewer: actor.reviewer, undoesId: chain.at(-1) ?? root.id, rootId: root.id, token }])
  settle(root, on, actor.reviewer)
  return outcome(id)
}
