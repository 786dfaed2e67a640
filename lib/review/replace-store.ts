import { setImmediate as breathe } from 'node:timers/promises'
import { z } from 'zod'
import { cutsOf } from '@/lib/caption/cuts'
import { headOf, kindsOf } from '@/lib/caption/head'
import type { Cuts } from '@/lib/caption/limits'
import { indexText, insertCaptions } from '@/lib/caption/store'
import { wordDiff, type DiffPart } from '@/lib/caption/word-diff'
import { bulk, now } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { parseFilter } from '@/lib/sample/filter'
import { matchingIds } from '@/lib/sample/store'
import type { BatchView } from './batch-store'
import type { Slim } from './bulk'
import { slimCaptions } from './bulk-store'
import type { NewVerdict } from './log-store'
import { replacer } from './replace'
import { runBatch, type Chunk } from './run'
import { EditedText, type Actor } from './schema'

/** Find and replace in the heads of all samples that match. `kinds`: all but `alt` unless named. */
export const ReplaceInput = z.object({
  find: z.string().min(1, 'say what to look for').max(1000),
  replace: z.string().max(10_000).default(''),
  regex: z.boolean().default(false),
  ignoreCase: z.boolean().default(false),
  filter: z.string().max(10_000).default(''),
  kinds: z.array(z.string().max(32)).max(32).optional(),
  expect: z.number().int().min(0).optional(),
})
export type ReplaceInput = z.infer<typeof ReplaceInput>

export type ReplaceExample = { captionId: number; sampleId: number; key: string; kind: string; after: string; diff: DiffPart[]; /** where encoders stop reading the two texts */ cuts: { before: Cuts; after: Cuts } }
/** `unfit`: captions that would become empty, too long or unreadable, and are left out. */
export type ReplacePreview = { samples: number; count: number; human: number; quarantined: number; unfit: number; examples: ReplaceExample[] }
type Change = { caption: Slim; before: string; after: string }
type Found = { changes: Change[]; human: number; quarantined: number; unfit: number }

/** Edits are written in smaller chunks than verdicts: each makes a caption too. */
const CHUNK = 200
const EXAMPLES = 50

function find(input: ReplaceInput, change: (text: string) => string | null, ids: readonly number[]): Found {
  const found: Found = { changes: [], human: 0, quarantined: 0, unfit: 0 }
  const candidates: Slim[] = []
  for (const captions of Map.groupBy(slimCaptions(ids), (caption) => caption.sampleId).values()) {
    for (const kind of input.kinds?.length ? input.kinds : kindsOf(captions).filter((one) => one !== 'alt')) {
      const head = headOf(captions, kind)
      if (head) candidates.push(head)
      candidates.push(...captions.filter((one) => one.kind === kind && one.quarantined && !one.retired && one.standing !== 'rejected'))
    }
  }
  const texts = new Map(bulk().prepare(`SELECT id, text FROM Caption WHERE id IN (SELECT value FROM json_each(?))`).raw().all(JSON.stringify(candidates.map((one) => one.id))) as [number, string][])
  for (const caption of candidates) {
    const before = texts.get(caption.id) ?? ''
    const after = change(before)
    if (after === null) continue
    if (caption.quarantined) found.quarantined++
    else if (caption.origin === 'human') found.human++
    else if (!EditedText.safeParse(after).success) found.unfit++
    else found.changes.push({ caption, before, after })
  }
  return found
}

/** What find and replace would change, counted over all that match, with the first diffs. Changes nothing. */
export async function previewReplace(datasetId: number, input: ReplaceInput, signal?: AbortSignal): Promise<ReplacePreview> {
  const change = replacer(input)
  const preview: ReplacePreview = { samples: 0, count: 0, human: 0, quarantined: 0, unfit: 0, examples: [] }
  const key = bulk().prepare(`SELECT key FROM Sample WHERE id = ?`).pluck()
  for (const ids of matchingIds(datasetId, parseFilter(input.filter), 500)) {
    signal?.throwIfAborted()
    const found = find(input, change, ids)
    preview.samples += ids.length
    preview.count += found.changes.length
    preview.human += found.human
    preview.quarantined += found.quarantined
    preview.unfit += found.unfit
    for (const { caption, before, after } of found.changes.slice(0, EXAMPLES - preview.examples.length)) {
      preview.examples.push({ captionId: caption.id, sampleId: caption.sampleId, key: key.get(caption.sampleId) as string, kind: caption.kind, after, diff: wordDiff(before, after), cuts: { before: cutsOf(before), after: cutsOf(after) } })
    }
    await breathe()
  }
  return preview
}

/** New captions, out of play until their batch is closed; an edit nobody looked at stands where its parent stood. */
function edits(actor: Actor, datasetId: number, changes: readonly Change[]): NewVerdict[] {
  const made = insertCaptions(
    changes.map(({ caption, after }) => ({ datasetId, sampleId: caption.sampleId, text: after, kind: caption.kind, origin: 'human', standing: caption.standing, parentId: caption.id, author: actor.reviewer })),
  )
  bulk().prepare(`UPDATE Caption SET retiredAt = ? WHERE id IN (SELECT value FROM json_each(?))`).run(now(), JSON.stringify(made))
  return changes.map(({ caption }, i) => ({ datasetId, captionId: caption.id, sampleId: caption.sampleId, decision: 'edit', reviewer: actor.reviewer, madeId: made[i], effect: { made: caption.standing } }))
}

/** Find and replace as edits under one batch, which undo takes back as one step. Texts of people are left alone. */
export async function runReplace(actor: Actor, datasetId: number, input: ReplaceInput, signal?: AbortSignal): Promise<BatchView> {
  const change = replacer(input)
  const filter = parseFilter(input.filter)
  let count = 0
  function* chunks(): Generator<Chunk> {
    for (const ids of matchingIds(datasetId, filter, CHUNK)) {
      const { changes } = find(input, change, ids)
      count += changes.length
      if (changes.length) yield () => edits(actor, datasetId, changes)
    }
    if (count === 0) throw new AppError('invalid', 'Nothing that matches holds this text.')
    if (input.expect !== undefined && input.expect !== count) {
      throw new AppError('conflict', `The preview counted ${input.expect}, now it would be ${count}. Nothing was changed; look at the preview again.`, { detail: { present: count } })
    }
  }
  const { expect: _, ...spec } = input
  const done = await runBatch(actor, { datasetId, act: 'replace', spec }, chunks(), signal)
  while (indexText()) await breathe()
  return done
}
