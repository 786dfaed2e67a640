import { setImmediate } from 'node:timers/promises'
import type Database from 'better-sqlite3'
import { indexText } from '@/lib/caption/store'
import { parseFilter } from '@/lib/sample/filter'
import { whereOf } from '@/lib/sample/query'
import { draw } from './pick'
import { quota } from './quota'
import { blend, headsOf, type Blended, type Sets } from './resolve'
import type { BlendCaption, BlendSpec } from './schema'

export type BlendSample = { id: number; key: string; groupId: number | null; mediaId: number | null; meta: string | null; captions: BlendCaption[] }
type SampleRow = [id: number, key: string, groupId: number | null, mediaId: number | null, meta: string | null]
type CaptionRow = [sampleId: number, id: number, make: string, text: string, hash: string, words: number, quarantined: number]

/** What many captions have in common. One string a row costs SQLite and the collector less than five. */
type Make = Pick<BlendCaption, 'kind' | 'origin' | 'standing' | 'model' | 'recipe'>
const MAKE = `c.kind || char(0) || c.origin || char(0) || c.standing || char(0) || ifnull(c.model, char(1)) || char(0) || ifnull(c.recipe, char(1))`
function makeOf(text: string): Make {
  const [kind, origin, standing, model, recipe] = text.split('\0')
  return { kind, origin: origin as Make['origin'], standing: standing as Make['standing'], model: model === '\x01' ? null : model, recipe: recipe === '\x01' ? null : recipe }
}

/**
 * More are still alive when the collector looks: 2,000 cost a release a quarter of its time and half its memory. From 500 on
 * V8 now and then takes them for long-lived, allocates them among the old and collects those eight times as often.
 */
const BATCH = 200

/** Full text must know every caption before a filter may ask it. */
export function readyForFilter(filter: string): void {
  if (filter) while (indexText(2000) > 0);
}

/**
 * The samples that a spec may speak of (not dropped, in its filter), in order of id, with the captions that may speak for
 * them: not retired, in an allowed standing; `quarantined` also where nothing was recognised, unless the spec asks for it.
 */
export function* candidates(view: Database.Database, datasetId: number, spec: BlendSpec, size = BATCH, from = 0): Generator<BlendSample[]> {
  const where = whereOf(parseFilter(spec.filter), datasetId)
  const page = view.prepare(`SELECT s.id, s.key, s.groupId, s.mediaId, s.meta FROM Sample s WHERE ${where.sql} AND s.dropped = 0 AND s.id > ? ORDER BY s.id LIMIT ?`).raw()
  const columns = `c.sampleId, c.id, ${MAKE}, c.text, c.textHash, c.words, c.quarantined`
  const allowed = `c.retiredAt IS NULL AND c.standing IN (${spec.standings.map(() => '?').join(', ')})`
  const within = view.prepare(`SELECT ${columns} FROM Caption c WHERE c.sampleId BETWEEN ? AND ? AND ${allowed} ORDER BY c.sampleId`).raw()
  const among = view.prepare(`SELECT ${columns} FROM json_each(?) j CROSS JOIN Caption c ON c.sampleId = j.value WHERE ${allowed}`).raw()
  const blank = view.prepare(`SELECT f.captionId, EXISTS (SELECT 1 FROM Flag g WHERE g.captionId = f.captionId AND g.rule <> f.rule AND g.clearedAt IS NULL) AS other
    FROM Flag f WHERE f.datasetId = ? AND f.rule = 'nothing-recognised' AND f.clearedAt IS NULL AND f.sampleId BETWEEN ? AND ? AND f.captionId IS NOT NULL`)
  const makes = new Map<string, Make>()
  let after = from
  for (;;) {
    const batch = (page.all(...where.params, after, size) as SampleRow[]).map(([id, key, groupId, mediaId, meta]): BlendSample => ({ id, key, groupId, mediaId, meta, captions: [] }))
    if (batch.length === 0) return
    const first = batch[0].id
    after = batch[batch.length - 1].id
    const dense = after - first < batch.length * 4
    const captions = (dense ? within.all(first, after, ...spec.standings) : among.all(JSON.stringify(batch.map(({ id }) => id)), ...spec.standings)) as CaptionRow[]
    const unrecognised = new Map((blank.all(datasetId, first, after) as { captionId: number; other: number }[]).map((row) => [row.captionId, row.other]))
    let at = 0
    for (const [sampleId, id, made, text, hash, words, quarantined] of captions) {
      // both are in order of sample; between the samples of a range lie those of others
      while (at < batch.length - 1 && batch[at].id < sampleId) at++
      if (batch[at].id !== sampleId) continue
      const other = unrecognised.size === 0 ? undefined : unrecognised.get(id)
      const held = other === undefined ? quarantined === 1 : !spec.includeNothingRecognised || other === 1
      let make = makes.get(made)
      if (!make) makes.set(made, (make = makeOf(made)))
      batch[at].captions.push({ id, kind: make.kind, origin: make.origin, standing: make.standing, text, hash, words, model: make.model, recipe: make.recipe, quarantined: held, retired: false })
    }
    yield batch
    if (batch.length < size) return
  }
}

/** How many samples of the filter are dropped and therefore in no release. */
export function droppedCount(view: Database.Database, datasetId: number, filter: string): number {
  const where = whereOf(parseFilter(filter), datasetId)
  return view.prepare(`SELECT count(*) FROM Sample s WHERE ${where.sql} AND s.dropped = 1`).pluck().get(...where.params) as number
}

/** For each u whether its sample gets a synthetic caption; the quota looks at all samples first. */
export async function decider(view: Database.Database, datasetId: number, spec: BlendSpec, signal?: AbortSignal): Promise<(u: number) => boolean> {
  if (spec.mode !== 'quota') return (u) => u < spec.p
  let us = new Float64Array(1 << 16)
  let n = 0
  for (const batch of candidates(view, datasetId, spec)) {
    for (const sample of batch) {
      if (headsOf(sample.captions, spec).length === 0) continue
      if (n === us.length) us = Float64Array.from({ length: n * 2 }, (_, i) => (i < n ? us[i] : 0))
      us[n++] = draw(spec.seed, sample.key).u
    }
    await setImmediate()
    signal?.throwIfAborted()
  }
  return quota(us.subarray(0, n), spec.p)
}

/** Every sample of the spec with what it is trained on, null when nothing of it may be; in order of id, batch by batch. */
export async function* blended(view: Database.Database, datasetId: number, spec: BlendSpec, signal?: AbortSignal): AsyncGenerator<{ sample: BlendSample; blended: Blended | null }[]> {
  const synthetic = await decider(view, datasetId, spec, signal)
  const sets: Sets = new Map()
  for (const batch of candidates(view, datasetId, spec)) {
    signal?.throwIfAborted()
    yield batch.map((sample) => ({ sample, blended: blend(sample.key, sample.captions, spec, synthetic, sets) }))
    await setImmediate()
  }
}
