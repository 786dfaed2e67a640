import { setImmediate as breathe } from 'node:timers/promises'
import { z } from 'zod'
import { bulk, now } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { parseFilter } from '@/lib/sample/filter'
import { matchingIds } from '@/lib/sample/store'
import { characteristic, planFor } from './acceptance'
import type { BatchView } from './batch-store'
import { targetsOf } from './bulk'
import { slimCaptions } from './bulk-store'
import { drawSample, lotHash, outcomeOf, type Outcome } from './certify'
import { chunked, durable } from './durable-store'
import { IN_FORCE } from './log-store'
import { runBatch, type Chunk } from './run'
import type { Actor } from './schema'
import { decided, decideWithin, indexEdit, type CaptionGiven, type Decided } from './store'
import { wilson, type Interval } from './wilson'

/** "At most `limit` bad, with confidence 1 − `risk`", allowing `allowed` bad ones in the sample. */
export const PlanInput = z.object({
  filter: z.string().max(10_000).default(''),
  kind: z.string().max(32),
  limit: z.number().gt(0).lt(1),
  risk: z.number().gt(0).max(0.5).default(0.05),
  allowed: z.number().int().min(0).max(100).default(0),
  seed: z.number().int().min(0).max(2 ** 31 - 1).default(0),
})
export type PlanInput = z.infer<typeof PlanInput>

export type PlanView = {
  id: number
  datasetId: number
  filter: string
  kind: string
  reviewer: string
  limit: number
  risk: number
  lot: number
  lotHash: string
  size: number
  allowed: number
  seed: number
  status: 'making' | 'open' | 'accepting' | 'accepted' | 'rejected'
  batchId: number | null
  looked: number
  createdAt: string
  closedAt: string | null
}

/** Captions of a kind that speak for their samples and that nobody decided on, without quarantined ones and people's texts. */
async function pendingHeads(datasetId: number, filter: string, kind: string): Promise<{ id: number; sampleId: number }[]> {
  const heads: { id: number; sampleId: number }[] = []
  for (const ids of matchingIds(datasetId, parseFilter(filter), 1000)) {
    for (const captions of Map.groupBy(slimCaptions(ids), (caption) => caption.sampleId).values()) {
      heads.push(...targetsOf('approve', captions, { kinds: [kind] }).captions.map(({ id, sampleId }) => ({ id, sampleId })))
    }
    await breathe()
  }
  return heads
}

/** The plan there would be, with its operating characteristic. Changes nothing. */
export async function previewPlan(datasetId: number, input: PlanInput) {
  const lot = (await pendingHeads(datasetId, input.filter, input.kind)).length
  if (lot === 0) throw new AppError('invalid', `No pending ${input.kind} caption matches, so there is nothing to certify.`)
  const plan = planFor({ lot, ...input })
  return { lot, ...plan, curve: characteristic(plan, Math.min(1, input.limit * 2), lot) }
}

/** Fixes a plan before the first look: the lot, the sample, its order. Captions of a lot that failed cannot be drawn again. */
export async function openPlan(actor: Actor, datasetId: number, input: PlanInput): Promise<PlanView> {
  const heads = await pendingHeads(datasetId, input.filter, input.kind)
  if (heads.length === 0) throw new AppError('invalid', `No pending ${input.kind} caption matches, so there is nothing to certify.`)
  const ids = heads.map((head) => head.id)
  const taken = bulk()
    .prepare(`SELECT p.id, p.status, count(*) AS n FROM PlanLot l JOIN Plan p ON p.id = l.planId WHERE p.datasetId = ? AND p.status IN ('open', 'accepting', 'rejected') AND l.captionId IN (SELECT value FROM json_each(?)) GROUP BY p.id ORDER BY p.id DESC LIMIT 1`)
    .get(datasetId, JSON.stringify(ids)) as { id: number; status: string; n: number } | undefined
  if (taken) {
    throw new AppError('refused', taken.status === 'rejected'
      ? `${taken.n} of these captions were in plan ${taken.id}, which was not certified. Review them or recaption them; another draw from the same lot would prove nothing.`
      : `${taken.n} of these captions are in plan ${taken.id}, which is not finished. Finish or abandon it first.`)
  }
  const plan = planFor({ lot: ids.length, ...input })
  const drawn = drawSample(ids, plan.size, input.seed)
  const planId = await durable(() => Number(bulk()
    .prepare(`INSERT INTO Plan (datasetId, filter, kind, reviewer, "limit", risk, lot, lotHash, size, allowed, seed, status, createdAt) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'making', ?)`)
    .run(datasetId, input.filter, input.kind, actor.reviewer, input.limit, input.risk, ids.length, lotHash(ids), plan.size, plan.allowed, input.seed, now()).lastInsertRowid))
  for (let from = 0; from < ids.length; from += 2000) {
    await chunked(() => bulk().prepare(`INSERT INTO PlanLot (planId, captionId) SELECT ?, value FROM json_each(?)`).run(planId, JSON.stringify(ids.slice(from, from + 2000))))
    await breathe()
  }
  const sampleOf = new Map(heads.map((head) => [head.id, head.sampleId]))
  await durable(() => {
    const item = bulk().prepare(`INSERT INTO PlanItem (planId, position, captionId, sampleId) VALUES (?, ?, ?, ?)`)
    drawn.forEach((id, position) => item.run(planId, position, id, sampleOf.get(id)))
    bulk().prepare(`UPDATE Plan SET status = 'open' WHERE id = ?`).run(planId)
  })
  return planById(planId)
}

/** Whether somebody looked at item `i` and did not take that back. */
const LOOKED = `EXISTS (SELECT 1 FROM Verdict v WHERE v.id = i.verdictId AND ${IN_FORCE})`
// A closed plan's items say what its looks came to, whatever is decided later.
const SELECT = `SELECT p.*, (SELECT count(*) FROM PlanItem i WHERE i.planId = p.id AND i.decision IS NOT NULL AND (p.status <> 'open' OR ${LOOKED})) AS looked FROM Plan p`

export function planById(id: number): PlanView {
  const plan = bulk().prepare(`${SELECT} WHERE p.id = ?`).get(id) as PlanView | undefined
  if (!plan) throw new AppError('not_found', `There is no sampling plan ${id}.`)
  return plan
}

export const plans = (datasetId: number): PlanView[] => bulk().prepare(`${SELECT} WHERE p.datasetId = ? AND p.status <> 'making' ORDER BY p.id DESC LIMIT 100`).all(datasetId) as PlanView[]

/** The next caption to look at, or null when the plan has its answer. It says nothing about those before. */
export function nextOfPlan(planId: number): { position: number; captionId: number; sampleId: number } | null {
  const plan = planById(planId)
  if (plan.status !== 'open' || tally(plan, looksOf(planId)).outcome !== 'open') return null
  return (bulk().prepare(`SELECT i.position, i.captionId, i.sampleId FROM PlanItem i WHERE i.planId = ? AND NOT ${LOOKED} ORDER BY i.position LIMIT 1`).get(planId) as { position: number; captionId: number; sampleId: number } | undefined) ?? null
}

/** One look. While the plan is open a slip may be corrected by deciding again; an edit says that the caption was bad. */
export async function decideOfPlan(actor: Actor, planId: number, position: number, given: CaptionGiven & { decision: 'approve' | 'reject' | 'edit' }): Promise<Decided> {
  const gone = () => new AppError('conflict', `Plan ${planId} is closed, or has no such caption.`)
  const captionId = bulk().prepare(`SELECT captionId FROM PlanItem WHERE planId = ? AND position = ?`).pluck().get(planId, position) as number | undefined
  if (captionId === undefined) throw gone()
  const looked = await decided(given.token, { captionId }, async (tx) => {
    // Holds the plan open until the look is written.
    const open = await tx.plan.updateMany({ where: { id: planId, status: 'open' }, data: { status: 'open' } })
    if (open.count !== 1) throw gone()
    const verdictId = await decideWithin(tx, actor, captionId, given)
    await tx.planItem.update({ where: { planId_position: { planId, position } }, data: { decision: given.decision, verdictId } })
    return verdictId
  })
  if (looked.made) await indexEdit()
  return looked
}

export type PlanResult = { outcome: Outcome; looked: number; bad: number; rate: Interval; reasons: Record<string, number> }
type Look = { id: number; decision: string; verdictId: number; reasons: string }

/**
 * What the looks of an open plan come to: those in force, and in place of an approval that somebody overruled the verdict
 * that did. A bad one stays bad, so that no lot passes because its bad captions were approved elsewhere.
 */
const looksOf = (planId: number): Look[] =>
  bulk()
    .prepare(`SELECT l.id, w.decision, w.id AS verdictId, w.reasons FROM (
        SELECT i.id, i.position, v.id AS verdictId, v.decision, (SELECT v.id FROM Verdict v WHERE v.captionId = i.captionId AND v.decision IN ('approve', 'reject', 'edit', 'clear') AND ${IN_FORCE} ORDER BY v.id DESC LIMIT 1) AS latestId
        FROM PlanItem i JOIN Verdict v ON v.id = i.verdictId WHERE i.planId = ? AND ${IN_FORCE}
      ) l JOIN Verdict n ON n.id = l.latestId JOIN Verdict w ON w.id = CASE WHEN l.decision = 'approve' AND n.decision IN ('reject', 'edit') THEN n.id ELSE l.verdictId END
      ORDER BY l.position`)
    .all(planId) as Look[]

/** The same of a plan that is closed. */
const notedLooks = (planId: number): Look[] =>
  bulk().prepare(`SELECT i.id, i.decision, i.verdictId, coalesce(v.reasons, '[]') AS reasons FROM PlanItem i LEFT JOIN Verdict v ON v.id = i.verdictId WHERE i.planId = ? AND i.decision IS NOT NULL ORDER BY i.position`).all(planId) as Look[]

function tally(plan: PlanView, looks: readonly Look[]): PlanResult {
  const bad = looks.filter((look) => look.decision !== 'approve')
  const reasons: Record<string, number> = {}
  for (const reason of bad.flatMap((look) => JSON.parse(look.reasons) as string[])) reasons[reason] = (reasons[reason] ?? 0) + 1
  return { outcome: outcomeOf(plan, looks.length, bad.length), looked: looks.length, bad: bad.length, rate: wilson(bad.length, looks.length), reasons }
}

/** What came out, with a Wilson interval of the share of bad ones. Null while the plan is open, so that looks stay blind. */
export function planResult(planId: number): PlanResult | null {
  const plan = planById(planId)
  return plan.status === 'open' || plan.status === 'making' ? null : { ...tally(plan, notedLooks(planId)), outcome: plan.status === 'rejected' ? 'rejected' : 'accepted' }
}

/** Closes an open plan as `next` says of its looks, and notes on its items what they came to. Inside a transaction. */
function close(planId: number, next: (result: PlanResult) => PlanView['status']): void {
  const plan = planById(planId)
  if (plan.status !== 'open') return
  const looks = looksOf(planId)
  const status = next(tally(plan, looks))
  const sql = bulk()
  sql.prepare(`UPDATE PlanItem SET decision = NULL, verdictId = NULL WHERE planId = ?`).run(planId)
  const note = sql.prepare(`UPDATE PlanItem SET decision = ?, verdictId = ? WHERE id = ?`)
  for (const look of looks) note.run(look.decision, look.verdictId, look.id)
  sql.prepare(`UPDATE Plan SET status = ?, closedAt = ? WHERE id = ?`).run(status, now(), planId)
}

/**
 * Closes a plan that has its answer. Accepted: what is still pending of the lot is approved through one batch, which undo
 * takes back. Not accepted: nothing is approved, and the reasons say what to recaption. Called again, it goes on.
 */
export async function closePlan(actor: Actor, planId: number): Promise<PlanView> {
  await durable(() =>
    close(planId, ({ outcome, looked }) => {
      if (outcome === 'open') throw new AppError('conflict', `Plan ${planId} still needs ${planById(planId).size - looked} looks. It cannot be closed early.`)
      return outcome === 'accepted' ? 'accepting' : 'rejected'
    }),
  )
  const plan = planById(planId)
  if (plan.status !== 'accepting') return plan
  const earlier = bulk().prepare(`SELECT id FROM Batch WHERE act = 'certify' AND status = 'closed' AND datasetId = ? AND json_extract(spec, '$.plan') = ? ORDER BY id LIMIT 1`).pluck().get(plan.datasetId, planId) as number | undefined
  const batchId = earlier ?? (await certify(actor, plan, tally(plan, notedLooks(planId)))).id
  await durable(() => bulk().prepare(`UPDATE Plan SET status = 'accepted', batchId = ? WHERE id = ? AND status = 'accepting'`).run(batchId, planId))
  return planById(planId)
}

/** Gives an open plan up. It counts as not certified, so that a lot cannot be drawn until it passes. */
export async function abandonPlan(planId: number): Promise<PlanView> {
  await durable(() => close(planId, () => 'rejected'))
  return planById(planId)
}

function certify(actor: Actor, plan: PlanView, result: PlanResult): Promise<BatchView> {
  const { limit, risk, size, allowed, seed, lot, lotHash: proof } = plan
  const page = bulk().prepare(`SELECT captionId FROM PlanLot WHERE planId = ? AND captionId > ? ORDER BY captionId LIMIT 500`).pluck()
  const still = bulk().prepare(`SELECT id, sampleId FROM Caption WHERE id IN (SELECT value FROM json_each(?)) AND standing = 'pending' AND quarantined = 0 AND retiredAt IS NULL ORDER BY id`)
  function* chunks(): Generator<Chunk> {
    for (let after = 0; ; ) {
      const ids = page.all(plan.id, after) as number[]
      if (ids.length === 0) return
      yield () => (still.all(JSON.stringify(ids)) as { id: number; sampleId: number }[]).map(({ id, sampleId }) => ({ datasetId: plan.datasetId, captionId: id, sampleId, decision: 'approve' as const, reviewer: actor.reviewer }))
      after = ids[ids.length - 1]
    }
  }
  return runBatch(actor, { datasetId: plan.datasetId, act: 'certify', spec: { plan: plan.id, limit, risk, size, allowed, seed, lot, lotHash: proof, looked: result.looked, bad: result.bad } }, chunks())
}
