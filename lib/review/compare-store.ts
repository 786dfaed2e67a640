import { setImmediate as breathe } from 'node:timers/promises'
import { z } from 'zod'
import { cutsOf } from '@/lib/caption/cuts'
import type { Cuts } from '@/lib/caption/limits'
import { bulk, now } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { parseFilter } from '@/lib/sample/filter'
import { matchingIds } from '@/lib/sample/store'
import type { BatchView } from './batch-store'
import { drawSample } from './certify'
import { chosenSide, compare, leftSide, type Comparison, type Judged, type Side } from './compare'
import { durable } from './durable-store'
import { rememberReviewer } from './log-store'
import { runBatch, type Chunk } from './run'
import type { Actor } from './schema'

/** Which captions stand on a side: those of a model, of a recipe ("short@1"), of a run, or several of these at once. */
export const SideInput = z.object({ model: z.string().max(200).optional(), recipe: z.string().max(100).optional(), runId: z.number().int().optional() }).refine((side) => Object.values(side).some((value) => value !== undefined), 'say which model, recipe or run stands on this side')
export type SideInput = z.infer<typeof SideInput>

/** `pairs`: how many pairs are judged; chosen beforehand and never changed. */
export const ComparisonInput = z.object({
  filter: z.string().max(10_000).default(''),
  kind: z.string().max(32),
  a: SideInput,
  b: SideInput,
  pairs: z.number().int().min(1).max(10_000),
  seed: z.number().int().min(0).max(2 ** 31 - 1).default(0),
})
export type ComparisonInput = z.infer<typeof ComparisonInput>

export type ComparisonView = { id: number; datasetId: number; filter: string; kind: string; a: SideInput; b: SideInput; pairs: number; seed: number; reviewer: string; status: 'open' | 'closed'; batchId: number | null; judged: number; createdAt: string }
type Row = Omit<ComparisonView, 'a' | 'b' | 'pairs'> & { a: string; b: string; stop: string }
type Pair = { sampleId: number; captionA: number; captionB: number }

/** Samples with a caption in play on both sides whose texts differ. */
async function pairsOf(datasetId: number, input: Pick<ComparisonInput, 'filter' | 'kind' | 'a' | 'b'>): Promise<Pair[]> {
  const newest = (name: string) => `(SELECT max(c.id) FROM Caption c WHERE c.sampleId = s.value AND c.kind = @kind AND c.retiredAt IS NULL AND c.origin = 'model'
    AND (@${name}model IS NULL OR c.model = @${name}model) AND (@${name}recipe IS NULL OR c.recipe = @${name}recipe) AND (@${name}run IS NULL OR c.runId = @${name}run))`
  const find = bulk().prepare(`SELECT p.* FROM (SELECT s.value AS sampleId, ${newest('a')} AS captionA, ${newest('b')} AS captionB FROM json_each(@ids) s) p
    JOIN Caption a ON a.id = p.captionA JOIN Caption b ON b.id = p.captionB WHERE a.text <> b.text ORDER BY p.sampleId`)
  const values = { kind: input.kind, amodel: input.a.model ?? null, arecipe: input.a.recipe ?? null, arun: input.a.runId ?? null, bmodel: input.b.model ?? null, brecipe: input.b.recipe ?? null, brun: input.b.runId ?? null }
  const found: Pair[] = []
  for (const ids of matchingIds(datasetId, parseFilter(input.filter), 1000)) {
    found.push(...(find.all({ ...values, ids: JSON.stringify(ids) }) as Pair[]))
    await breathe()
  }
  return found
}

/** Sets up a blind comparison: pairs drawn at random, sides by a coin, both by the seed and both recorded. */
export async function openComparison(actor: Actor, datasetId: number, input: ComparisonInput): Promise<ComparisonView> {
  const pairs = await pairsOf(datasetId, input)
  if (pairs.length < input.pairs) throw new AppError('invalid', `Only ${pairs.length} samples have different captions on both sides, and ${input.pairs} pairs were asked for. Ask for fewer, or choose other sides.`)
  const bySample = new Map(pairs.map((pair) => [pair.sampleId, pair]))
  const drawn = drawSample([...bySample.keys()], input.pairs, input.seed).flatMap((id) => bySample.get(id) ?? [])
  const id = await durable(() => {
    rememberReviewer(actor.reviewer)
    const made = Number(bulk().prepare(`INSERT INTO Comparison (datasetId, filter, kind, a, b, stop, seed, reviewer, createdAt) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`)
      .run(datasetId, input.filter, input.kind, JSON.stringify(input.a), JSON.stringify(input.b), JSON.stringify({ pairs: input.pairs }), input.seed, actor.reviewer, now()).lastInsertRowid)
    const item = bulk().prepare(`INSERT INTO ComparisonItem (comparisonId, position, sampleId, captionA, captionB, "left") VALUES (?, ?, ?, ?, ?, ?)`)
    drawn.forEach((pair, position) => item.run(made, position, pair.sampleId, pair.captionA, pair.captionB, leftSide(input.seed, pair.sampleId)))
    return made
  })
  return comparisonById(id)
}

const SELECT = `SELECT p.*, (SELECT count(*) FROM ComparisonItem i WHERE i.comparisonId = p.id AND i.choice IS NOT NULL) AS judged FROM Comparison p`
const view = ({ a, b, stop, ...row }: Row): ComparisonView => ({ ...row, a: JSON.parse(a) as SideInput, b: JSON.parse(b) as SideInput, pairs: (JSON.parse(stop) as { pairs: number }).pairs })

export function comparisonById(id: number): ComparisonView {
  const row = bulk().prepare(`${SELECT} WHERE p.id = ?`).get(id) as Row | undefined
  if (!row) throw new AppError('not_found', `There is no comparison ${id}.`)
  return view(row)
}
export const comparisons = (datasetId: number): ComparisonView[] => (bulk().prepare(`${SELECT} WHERE p.datasetId = ? ORDER BY p.id DESC LIMIT 100`).all(datasetId) as Row[]).map(view)

/** `cuts`: where encoders stop reading the two texts. */
export type BlindPair = { position: number; sampleId: number; left: string; right: string; cuts: { left: Cuts; right: Cuts } }

/** The next pair, without a word about whose texts they are; null when the last was judged. */
export function nextPair(comparisonId: number): BlindPair | null {
  const row = bulk()
    .prepare(`SELECT i.position, i.sampleId, CASE i."left" WHEN 'a' THEN a.text ELSE b.text END AS "left", CASE i."left" WHEN 'a' THEN b.text ELSE a.text END AS "right"
      FROM ComparisonItem i JOIN Caption a ON a.id = i.captionA JOIN Caption b ON b.id = i.captionB WHERE i.comparisonId = ? AND i.choice IS NULL ORDER BY i.position LIMIT 1`)
    .get(comparisonId) as Omit<BlindPair, 'cuts'> | undefined
  return row ? { ...row, cuts: { left: cutsOf(row.left), right: cutsOf(row.right) } } : null
}

/** One judgement; it stands. The last one closes the comparison. */
export const judge = (actor: Actor, comparisonId: number, position: number, pointed: 'left' | 'right' | 'tie'): Promise<ComparisonView> =>
  durable(() => {
    rememberReviewer(actor.reviewer)
    const left = bulk().prepare(`UPDATE ComparisonItem SET choice = '', reviewer = ?, decidedAt = ? WHERE comparisonId = ? AND position = ? AND choice IS NULL RETURNING "left"`).pluck().get(actor.reviewer, now(), comparisonId, position) as Side | undefined
    if (!left) throw new AppError('conflict', 'This pair was judged already.')
    bulk().prepare(`UPDATE ComparisonItem SET choice = ? WHERE comparisonId = ? AND position = ?`).run(chosenSide(left, pointed), comparisonId, position)
    bulk().prepare(`UPDATE Comparison SET status = 'closed', closedAt = ? WHERE id = ? AND NOT EXISTS (SELECT 1 FROM ComparisonItem i WHERE i.comparisonId = Comparison.id AND i.choice IS NULL)`).run(now(), comparisonId)
    return comparisonById(comparisonId)
  })

/** The result, once all pairs that were agreed on beforehand are judged; null before, so that nobody stops at a good moment. */
export function comparisonResult(comparisonId: number): Comparison | null {
  if (comparisonById(comparisonId).status !== 'closed') return null
  return compare(bulk().prepare(`SELECT "left", choice FROM ComparisonItem WHERE comparisonId = ? ORDER BY position`).all(comparisonId) as Judged[])
}

/**
 * Lets the winner's captions speak for all samples that match and are still pending: the loser's pending captions are
 * rejected in one batch, which undo takes back. Nothing is approved by it.
 */
export async function promoteWinner(actor: Actor, comparisonId: number): Promise<BatchView> {
  const comparison = comparisonById(comparisonId)
  const winner = comparisonResult(comparisonId)?.winner
  if (!winner) throw new AppError('refused', 'No side has won: the comparison is not finished, or the difference may be chance.')
  const losers = (await pairsOf(comparison.datasetId, comparison)).map((pair) => ({ sampleId: pair.sampleId, id: winner === 'a' ? pair.captionB : pair.captionA, winner: winner === 'a' ? pair.captionA : pair.captionB }))
  const both = bulk().prepare(`SELECT 1 FROM Caption l, Caption w WHERE l.id = ? AND w.id = ? AND l.standing = 'pending' AND w.standing = 'pending'`)
  function* chunks(): Generator<Chunk> {
    for (let from = 0; from < losers.length; from += 400) {
      yield () => losers.slice(from, from + 400).filter((one) => both.get(one.id, one.winner)).map((one) => ({ datasetId: comparison.datasetId, captionId: one.id, sampleId: one.sampleId, decision: 'reject' as const, note: `Lost comparison ${comparisonId}.`, reviewer: actor.reviewer }))
    }
  }
  const batch = await runBatch(actor, { datasetId: comparison.datasetId, act: 'promote', spec: { comparison: comparisonId, winner } }, chunks())
  await durable(() => bulk().prepare(`UPDATE Comparison SET batchId = ? WHERE id = ?`).run(batch.id, comparisonId))
  return batch
}
