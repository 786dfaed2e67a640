import { setImmediate as breathe } from 'node:timers/promises'
import { z } from 'zod'
import { bulk, now } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { parseFilter } from '@/lib/sample/filter'
import { matchingIds } from '@/lib/sample/store'
import { agreementOf, type Agreement } from './agreement'
import { targetsOf } from './bulk'
import { slimCaptions } from './bulk-store'
import { drawSample } from './certify'
import { deciding, durable, isTaken } from './durable-store'
import { rememberReviewer } from './log-store'
import { REJECT_REASONS, type Actor } from './schema'
import { remember } from './settle-store'
import { decided, decideWithin, indexEdit, type CaptionGiven, type Decided } from './store'

/** `people` judge each of `size` captions drawn at random by the seed, each without seeing the others. */
export const OverlapInput = z.object({
  filter: z.string().max(10_000).default(''),
  kind: z.string().max(32),
  people: z.number().int().min(2).max(20).default(2),
  size: z.number().int().min(1).max(10_000).default(100),
  seed: z.number().int().min(0).max(2 ** 31 - 1).default(0),
})
export type OverlapInput = z.infer<typeof OverlapInput>

export type OverlapView = { id: number; datasetId: number; filter: string; kind: string; people: number; seed: number; reviewer: string; items: number; open: number; agreed: number; conflict: number; settled: number; createdAt: string }
export type OverlapItem = { id: number; sampleId: number; captionId: number }
export type Opinion = { reviewer: string; decision: 'approve' | 'reject'; reasons: string[]; note: string }

/** Draws the captions that several people are to judge. */
export async function openOverlap(actor: Actor, datasetId: number, input: OverlapInput): Promise<OverlapView> {
  const heads = new Map<number, number>()
  for (const ids of matchingIds(datasetId, parseFilter(input.filter), 1000)) {
    for (const captions of Map.groupBy(slimCaptions(ids), (caption) => caption.sampleId).values()) {
      for (const head of targetsOf('approve', captions, { kinds: [input.kind] }).captions) heads.set(head.id, head.sampleId)
    }
    await breathe()
  }
  if (heads.size === 0) throw new AppError('invalid', `No pending ${input.kind} caption matches, so there is nothing to judge together.`)
  const id = await durable(() => {
    rememberReviewer(actor.reviewer)
    const made = Number(bulk().prepare(`INSERT INTO Overlap (datasetId, filter, kind, people, seed, reviewer, createdAt) VALUES (?, ?, ?, ?, ?, ?, ?)`).run(datasetId, input.filter, input.kind, input.people, input.seed, actor.reviewer, now()).lastInsertRowid)
    const item = bulk().prepare(`INSERT INTO OverlapItem (overlapId, position, sampleId, captionId) VALUES (?, ?, ?, ?)`)
    drawSample([...heads.keys()], input.size, input.seed).forEach((captionId, position) => item.run(made, position, heads.get(captionId), captionId))
    return made
  })
  return overlapById(id)
}

const count = (status: string) => `(SELECT count(*) FROM OverlapItem i WHERE i.overlapId = o.id AND i.status = '${status}')`
const SELECT = `SELECT o.*, (SELECT count(*) FROM OverlapItem i WHERE i.overlapId = o.id) AS items, ${count('open')} AS open, ${count('agreed')} AS agreed, ${count('conflict')} AS conflict, ${count('settled')} AS settled FROM Overlap o`

export function overlapById(id: number): OverlapView {
  const found = bulk().prepare(`${SELECT} WHERE o.id = ?`).get(id) as OverlapView | undefined
  if (!found) throw new AppError('not_found', `There is no shared review ${id}.`)
  return found
}
export const overlaps = (datasetId: number): OverlapView[] => bulk().prepare(`${SELECT} WHERE o.datasetId = ? ORDER BY o.id DESC LIMIT 100`).all(datasetId) as OverlapView[]

/** The next caption that this person has not judged and that is still open; nothing of the others' opinions. */
export const nextForPerson = (actor: Actor, overlapId: number): OverlapItem | null =>
  (bulk()
    .prepare(`SELECT i.id, i.sampleId, i.captionId FROM OverlapItem i WHERE i.overlapId = ? AND i.status = 'open' AND NOT EXISTS (SELECT 1 FROM Opinion p WHERE p.itemId = i.id AND p.reviewer = ?) ORDER BY i.position LIMIT 1`)
    .get(overlapId, actor.reviewer) as OverlapItem | undefined) ?? null

const opinionsOf = (itemId: number): Opinion[] =>
  (bulk().prepare(`SELECT reviewer, decision, reasons, note FROM Opinion WHERE itemId = ? ORDER BY id`).all(itemId) as (Omit<Opinion, 'reasons'> & { reasons: string })[]).map((row) => ({ ...row, reasons: JSON.parse(row.reasons) as string[] }))

/** One person's blind opinion. The last one asked for decides the caption when all agree, or sends it to the second look. */
export const giveOpinion = (actor: Actor, itemId: number, given: { decision: 'approve' | 'reject'; reasons?: readonly string[]; note?: string }): Promise<'open' | 'agreed' | 'conflict'> =>
  deciding(async (tx) => {
    const { reviewer } = actor
    const opinion = { itemId, reviewer, decision: given.decision, reasons: JSON.stringify(given.reasons ?? []), note: given.note ?? '' }
    await tx.opinion.create({ data: opinion }).catch((error: unknown) => { throw isTaken(error) ? new AppError('conflict', 'You have judged this caption already.', { cause: error }) : error })
    const item = await tx.overlapItem.findUnique({ where: { id: itemId } })
    if (!item) throw new AppError('not_found', `There is no caption ${itemId} in a shared review.`)
    if (item.status !== 'open') throw new AppError('conflict', 'Enough people have judged this caption already.')
    await remember(tx, reviewer)
    const { people } = await tx.overlap.findUniqueOrThrow({ where: { id: item.overlapId } })
    const opinions = await tx.opinion.findMany({ where: { itemId }, orderBy: { id: 'asc' } })
    if (opinions.length < people) return 'open'
    const status = opinions.every((one) => one.decision === given.decision) ? 'agreed' : 'conflict'
    await tx.overlapItem.update({ where: { id: itemId }, data: { status } })
    if (status === 'conflict') return status
    const reasons = [...new Set(opinions.flatMap((one) => JSON.parse(one.reasons) as string[]))]
    await decideWithin(tx, actor, item.captionId, { decision: given.decision, reasons, note: `Agreed by ${opinions.map((one) => one.reviewer).join(', ')}.` })
    return status
  })

/** Captions about which people disagree, with what each of them said. */
export const secondLook = (overlapId: number): (OverlapItem & { opinions: Opinion[] })[] =>
  (bulk().prepare(`SELECT id, sampleId, captionId FROM OverlapItem WHERE overlapId = ? AND status = 'conflict' ORDER BY position LIMIT 1000`).all(overlapId) as OverlapItem[]).map((item) => ({ ...item, opinions: opinionsOf(item.id) }))

/** The decision that ends a disagreement. */
export async function settleConflict(actor: Actor, itemId: number, given: CaptionGiven): Promise<Decided> {
  const captionId = bulk().prepare(`SELECT captionId FROM OverlapItem WHERE id = ?`).pluck().get(itemId) as number | undefined
  if (captionId === undefined) throw new AppError('not_found', `There is no caption ${itemId} in a shared review.`)
  const ended = await decided(given.token, { captionId }, async (tx) => {
    const { count } = await tx.overlapItem.updateMany({ where: { id: itemId, status: 'conflict' }, data: { status: 'settled' } })
    if (count !== 1) throw new AppError('conflict', 'There is no open disagreement about this caption.')
    return decideWithin(tx, actor, captionId, given)
  })
  if (ended.made) await indexEdit()
  return ended
}

export type AgreementReport = { kinds: (Agreement & { kind: string })[]; reasons: (Agreement & { reason: string })[] }

/** How far people agree, a kind and a reason at a time; only captions that everybody asked has judged. */
export function agreementReport(datasetId: number): AgreementReport {
  const rows = bulk()
    .prepare(`SELECT i.id AS item, p.reviewer AS person, p.decision AS label, p.reasons, o.kind FROM Opinion p JOIN OverlapItem i ON i.id = p.itemId JOIN Overlap o ON o.id = i.overlapId WHERE o.datasetId = ? AND i.status <> 'open' ORDER BY p.id`)
    .all(datasetId) as { item: number; person: string; label: string; reasons: string; kind: string }[]
  const said = rows.map((row) => ({ ...row, named: JSON.parse(row.reasons) as string[] }))
  const used = REJECT_REASONS.filter((reason) => said.some((row) => row.named.includes(reason.id)))
  return {
    kinds: [...Map.groupBy(rows, (row) => row.kind)].map(([kind, answers]) => ({ kind, ...agreementOf(answers) })),
    reasons: used.map(({ id }) => ({ reason: id, ...agreementOf(said.map((row) => ({ ...row, label: row.named.includes(id) ? 'yes' : 'no' }))) })),
  }
}
