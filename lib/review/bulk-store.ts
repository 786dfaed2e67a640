import { setImmediate as breathe } from 'node:timers/promises'
import { z } from 'zod'
import { bulk } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { parseFilter } from '@/lib/sample/filter'
import { matchingIds } from '@/lib/sample/store'
import type { BatchView } from './batch-store'
import { BULK_ACTS, targetsOf, type Slim } from './bulk'
import { BY_A_PERSON, type NewVerdict } from './log-store'
import { CHUNK, runBatch, type Chunk } from './run'
import { DropReason, RejectReason, type Actor } from './schema'

/** A bulk step over all that match. `expect`: the count that was previewed; another count now is a conflict. */
export const BulkInput = z.object({
  act: z.enum(BULK_ACTS),
  filter: z.string().max(10_000).default(''),
  kinds: z.array(z.string().max(32)).max(32).optional(),
  model: z.string().max(200).optional(),
  runId: z.number().int().optional(),
  reasons: z.array(z.union([RejectReason, DropReason])).max(10).default([]),
  note: z.string().max(4000).default(''),
  expect: z.number().int().min(0).optional(),
})
export type BulkInput = z.infer<typeof BulkInput>

/** `count`: verdicts that would be written; `human`: captions of people left alone; `quarantined`: held back by a guard. */
export type BulkPreview = { samples: number; count: number; human: number; quarantined: number }
type Found = { verdicts: NewVerdict[]; samples: number; human: number; quarantined: number }

/** The captions of these samples without their text. */
export function slimCaptions(sampleIds: readonly number[]): Slim[] {
  const rows = bulk()
    .prepare(`SELECT id, sampleId, kind, origin, standing, quarantined, retiredAt IS NOT NULL AS retired, model, runId FROM Caption WHERE sampleId IN (SELECT value FROM json_each(?)) ORDER BY id`)
    .all(JSON.stringify(sampleIds)) as (Omit<Slim, 'quarantined' | 'retired'> & { quarantined: number; retired: number })[]
  return rows.map((row) => ({ ...row, quarantined: Boolean(row.quarantined), retired: Boolean(row.retired) }))
}

function find(reviewer: string, datasetId: number, input: BulkInput, ids: readonly number[]): Found {
  const found: Found = { verdicts: [], samples: ids.length, human: 0, quarantined: 0 }
  const { act, reasons, note } = input
  const add = (sampleId: number, captionId: number | null) => found.verdicts.push({ datasetId, sampleId, captionId, decision: act, reasons, note, reviewer })
  if (act === 'drop' || act === 'keep') {
    const others = bulk().prepare(`SELECT id FROM Sample WHERE id IN (SELECT value FROM json_each(?)) AND dropped = ? ORDER BY id`).pluck()
    for (const id of others.all(JSON.stringify(ids), act === 'drop' ? 0 : 1) as number[]) add(id, null)
    return found
  }
  if (act === 'unflag') {
    const up = bulk().prepare(`SELECT sampleId, captionId FROM Flag WHERE sampleId IN (SELECT value FROM json_each(?)) AND rule = ? AND clearedAt IS NULL ORDER BY id`)
    for (const flag of up.all(JSON.stringify(ids), BY_A_PERSON) as { sampleId: number; captionId: number | null }[]) add(flag.sampleId, flag.captionId)
    return found
  }
  const bySample = Map.groupBy(slimCaptions(ids), (caption) => caption.sampleId)
  const flagged = act === 'flag' ? new Set(bulk().prepare(`SELECT sampleId FROM Flag WHERE sampleId IN (SELECT value FROM json_each(?)) AND rule = ? AND clearedAt IS NULL`).pluck().all(JSON.stringify(ids), BY_A_PERSON) as number[]) : undefined
  for (const id of ids) {
    const captions = bySample.get(id) ?? []
    if (act === 'flag') {
      if (!flagged?.has(id)) add(id, captions.findLast((caption) => caption.kind === 'alt' && !caption.retired)?.id ?? null)
      continue
    }
    const targets = targetsOf(act, captions, input)
    targets.captions.forEach((caption) => add(id, caption.id))
    found.human += targets.human
    found.quarantined += targets.quarantined
  }
  return found
}

/** What a bulk step would do, counted by the server over all that match. Changes nothing. */
export async function previewBulk(datasetId: number, input: BulkInput, signal?: AbortSignal): Promise<BulkPreview> {
  const preview: BulkPreview = { samples: 0, count: 0, human: 0, quarantined: 0 }
  for (const ids of matchingIds(datasetId, parseFilter(input.filter), 1000)) {
    signal?.throwIfAborted()
    const found = find('', datasetId, input, ids)
    preview.samples += found.samples
    preview.count += found.verdicts.length
    preview.human += found.human
    preview.quarantined += found.quarantined
    await breathe()
  }
  return preview
}

/** Does a bulk step over all that match, as one step that undo takes back whole. Throws 'conflict' when `expect` no longer holds. */
export async function runBulk(actor: Actor, datasetId: number, input: BulkInput, signal?: AbortSignal): Promise<BatchView> {
  const filter = parseFilter(input.filter)
  let count = 0
  function* chunks(): Generator<Chunk> {
    for (const ids of matchingIds(datasetId, filter, CHUNK)) {
      yield () => {
        const { verdicts } = find(actor.reviewer, datasetId, input, ids)
        count += verdicts.length
        return verdicts
      }
    }
    if (count === 0) throw new AppError('invalid', 'Nothing that matches can be changed by this step.')
    if (input.expect !== undefined && input.expect !== count) {
      throw new AppError('conflict', `The preview counted ${input.expect}, now it would be ${count}. Nothing was changed; look at the preview again.`, { detail: { present: count } })
    }
  }
  const { expect: _, ...spec } = input
  return runBatch(actor, { datasetId, act: input.act, spec }, chunks(), signal)
}
