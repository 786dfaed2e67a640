import { textHash } from '@/lib/caption/count'
import { insertCaptions } from '@/lib/caption/store'
import { bulk, now } from '@/lib/db'
import { durable } from './durable-store'
import { parseDecision, type DecisionLine } from './exchange'
import { append, IN_FORCE, rememberReviewer, settleMany, type NewVerdict } from './log-store'
import { runBatch, type Chunk } from './run'
import type { Actor, Decision } from './schema'

type Exported = Omit<DecisionLine, 'id' | 'reasons' | 'text'> & { id: number; token: string | null; reasons: string; text: string | null }

/** Every decision in force, oldest first, a line of JSON each. */
export function* exportDecisions(datasetId: number): Generator<string> {
  const machine = bulk().prepare(`SELECT name || ':' || createdAt FROM Dataset WHERE id = ?`).pluck().get(datasetId) as string
  const page = bulk().prepare(`SELECT v.id, v.token, s.key, c.kind, c.textHash, v.decision, m.text, v.reasons, v.note, v.reviewer, v.createdAt AS at
    FROM Verdict v JOIN Sample s ON s.id = v.sampleId LEFT JOIN Caption c ON c.id = v.captionId LEFT JOIN Caption m ON m.id = v.madeId
    WHERE v.datasetId = ? AND v.id > ? AND v.undoesId IS NULL AND ${IN_FORCE} ORDER BY v.id LIMIT 1000`)
  for (let after = 0; ; ) {
    const rows = page.all(datasetId, after) as Exported[]
    for (const { id, token, reasons, text, ...row } of rows) {
      yield JSON.stringify({ id: token ?? `${hash(machine)}-${id}`, ...row, reasons: JSON.parse(reasons) as string[], text: text ?? undefined } satisfies DecisionLine)
    }
    if (rows.length < 1000) return
    after = rows[rows.length - 1].id
  }
}

// FNV-1a: a short name for the machine's dataset inside ids, nothing that must be hard to guess.
const hash = (text: string) => [...text].reduce((h, c) => Math.imul(h ^ (c.codePointAt(0) ?? 0), 16777619) >>> 0, 2166136261).toString(16).padStart(8, '0')

export type Clash = { key: string; kind: string | null; theirs: { reviewer: string; decision: Decision; at: string }; ours: { reviewer: string; decision: Decision; at: string }; kept: 'theirs' | 'ours' }
/** `repeated`: known from an earlier import; `unknown`: samples or captions that are not here. */
export type Merged = { added: number; repeated: number; unknown: { line: number; key: string; why: string }[]; conflicts: Clash[] }

type Target = { sampleId: number; captionId: number | null }
/** A line about a text that an edit earlier in the file makes has no target yet, but the name of that text. */
type Placed = { line: DecisionLine; target: Target | { sampleId: number; made: string } }
/** The texts that the edits of a file made, by name. */
type Made = Map<string, number>
const nameOf = (sampleId: number, kind: string | null, hash: string) => `${sampleId} ${kind} ${hash}`
const SORT: Record<string, string> = { approve: 'standing', reject: 'standing', edit: 'standing', clear: 'standing', keep: 'sample', drop: 'sample', flag: 'flag', unflag: 'flag' }

function targetOf(datasetId: number, line: DecisionLine, edits: ReadonlySet<string>): Placed['target'] | string {
  const sampleId = bulk().prepare(`SELECT id FROM Sample WHERE datasetId = ? AND key = ?`).pluck().get(datasetId, line.key) as number | undefined
  if (sampleId === undefined) return 'this sample is not here'
  if (line.textHash === null) return { sampleId, captionId: null }
  const caption = bulk().prepare(`SELECT id, retiredAt FROM Caption WHERE sampleId = ? AND kind = ? AND textHash = ? ORDER BY retiredAt IS NOT NULL, id DESC LIMIT 1`).get(sampleId, line.kind, line.textHash) as { id: number; retiredAt: string | null } | undefined
  const made = nameOf(sampleId, line.kind, line.textHash)
  if (edits.has(made) && caption?.retiredAt !== null) return { sampleId, made }
  return caption === undefined ? `this sample has no such ${line.kind} caption` : { sampleId, captionId: caption.id }
}

/** Our own decision in force of the same sort about the same thing. */
function ours(target: Target, decision: string) {
  const rows = bulk()
    .prepare(`SELECT v.reviewer, v.decision, v.createdAt AS at FROM Verdict v WHERE v.sampleId = ? AND v.captionId IS ? AND v.undoesId IS NULL AND ${IN_FORCE} ORDER BY v.id DESC`)
    .all(target.sampleId, target.captionId) as { reviewer: string; decision: Decision; at: string }[]
  return rows.find((row) => SORT[row.decision] === SORT[decision])
}

/**
 * Merges the decisions of another machine, as one step that undo takes back whole. Where two people decided differently the
 * later decision counts, the earlier one stands in the history, and both are listed. Reading a file twice adds nothing.
 */
export async function importDecisions(actor: Actor, datasetId: number, lines: Iterable<string>): Promise<Merged> {
  const merged: Merged = { added: 0, repeated: 0, unknown: [], conflicts: [] }
  const fresh: Placed[] = []
  const older: { line: DecisionLine; target: Target }[] = []
  const known = bulk().prepare(`SELECT 1 FROM Verdict WHERE token = ?`)
  const waiting: { line: DecisionLine; number: number }[] = []
  const ids = new Set<string>()
  let number = 0
  for (const text of lines) {
    number++
    if (text.trim() === '') continue
    const line = parseDecision(text, number)
    if (ids.has(line.id) || known.get(line.id) || (line.id.startsWith(prefixOf(datasetId)) && verdictHere(datasetId, line.id))) merged.repeated++
    else waiting.push({ line, number })
    ids.add(line.id)
  }
  const edits = new Set<string>()
  for (const { line, number: at } of waiting) {
    const target = targetOf(datasetId, line, edits)
    if (typeof target === 'string') {
      merged.unknown.push({ line: at, key: line.key, why: target })
      continue
    }
    if (line.decision === 'edit' && line.text !== undefined && line.kind !== null) edits.add(nameOf(target.sampleId, line.kind, textHash(line.text)))
    if ('made' in target) {
      fresh.push({ line, target })
      continue
    }
    const own = ours(target, line.decision)
    const differs = own && (own.decision !== line.decision || line.decision === 'edit')
    const kept = differs && Date.parse(own.at) > Date.parse(line.at) ? 'ours' : 'theirs'
    if (differs) merged.conflicts.push({ key: line.key, kind: line.kind, theirs: { reviewer: line.reviewer, decision: line.decision, at: line.at }, ours: own, kept })
    if (kept === 'ours') older.push({ line, target })
    else fresh.push({ line, target })
  }
  const made: Made = new Map()
  for (const one of older) await durable(() => keepAsHistory(actor, datasetId, one.line, one.target, made))
  if (fresh.length) await runBatch(actor, { datasetId, act: 'import', spec: { decisions: fresh.length, conflicts: merged.conflicts.length } }, chunksOf(datasetId, fresh, made))
  merged.added = older.length + fresh.length
  return merged
}

const prefixOf = (datasetId: number) => `${hash(bulk().prepare(`SELECT name || ':' || createdAt FROM Dataset WHERE id = ?`).pluck().get(datasetId) as string)}-`
const verdictHere = (datasetId: number, id: string) => bulk().prepare(`SELECT 1 FROM Verdict WHERE id = ? AND datasetId = ?`).get(Number(id.split('-')[1]), datasetId) !== undefined

function* chunksOf(datasetId: number, all: readonly Placed[], made: Made): Generator<Chunk> {
  for (let from = 0; from < all.length; from += 200) {
    yield () => all.slice(from, from + 200).map(({ line, target }) => verdictOf(datasetId, line, 'made' in target ? { sampleId: target.sampleId, captionId: made.get(target.made) ?? null } : target, made))
  }
}

function verdictOf(datasetId: number, line: DecisionLine, target: Target, made: Made): NewVerdict {
  rememberReviewer(line.reviewer)
  const verdict: NewVerdict = { ...target, datasetId, decision: line.decision, reasons: line.reasons, note: line.note, reviewer: line.reviewer, token: line.id, createdAt: line.at }
  if (line.decision === 'edit' && line.text !== undefined && line.kind !== null) {
    const [id] = insertCaptions([{ datasetId, sampleId: target.sampleId, text: line.text, kind: line.kind, origin: 'human', standing: 'approved', parentId: target.captionId, author: line.reviewer }])
    bulk().prepare(`UPDATE Caption SET retiredAt = ? WHERE id = ?`).run(now(), id)
    verdict.madeId = id
    made.set(nameOf(target.sampleId, line.kind, textHash(line.text)), id)
  }
  return verdict
}

/** Writes a decision that a later one of ours overrules, and takes it back in the same breath: it can be redone from the history. */
function keepAsHistory(actor: Actor, datasetId: number, line: DecisionLine, target: Target, made: Made): void {
  const verdict = verdictOf(datasetId, line, target, made)
  const [id] = append([verdict])
  append([{ ...target, datasetId, decision: 'undo', reviewer: actor.reviewer, note: 'A later decision was here already.', undoesId: id, rootId: id }])
  settleMany([{ ...verdict, madeId: verdict.madeId ?? null }], actor.reviewer)
}
