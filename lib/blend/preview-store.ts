import { createHash } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import { newestOf } from '@/lib/dataset/newest-store'
import { bulk, db, now, snapshot } from '@/lib/db'
import { parseFilter } from '@/lib/sample/filter'
import { whereOf } from '@/lib/sample/query'
import { ALT } from './choose'
import { LENGTH_BINS, lengthBin, type Group } from './preview'
import { blend, headsOf, type Blended } from './resolve'
import { BlendSpec } from './schema'
import { blended, candidates, decider, droppedCount, readyForFilter } from './store'

const VERSION = 1
const METRIC = 'blend-lengths'
type Measured = { groups: Group[]; dropped: number; empty: number; state: string }

/** Lengths depend on which captions are heads, not on p, weights or seed. */
const scopeOf = (spec: BlendSpec) => `heads|${createHash('sha256').update(JSON.stringify([spec.filter, [...spec.standings].sort(), spec.includeNothingRecognised])).digest('hex').slice(0, 16)}`

/** Changes whenever a caption, verdict, batch, flag or run changes what is a head. */
function stateOf(datasetId: number): string {
  const one = (sql: string, ...params: unknown[]) => bulk().prepare(sql).pluck().get(...params) as number | null
  return [
    newestOf('Caption', datasetId),
    newestOf('Sample', datasetId),
    newestOf('Verdict', datasetId),
    one(`SELECT coalesce(sum(applied), 0) + coalesce(max(id), 0) FROM Batch WHERE datasetId = ?`, datasetId),
    newestOf('Flag', datasetId),
    one(`SELECT count(clearedAt) FROM Flag WHERE datasetId = ?`, datasetId),
    one(`SELECT count(retiredAt) FROM Run WHERE datasetId = ?`, datasetId),
  ].join('.')
}

/** The lengths a preview is drawn from, as stored; `fresh` is false when something was decided since, null when never measured. */
export function storedGroups(datasetId: number, spec: BlendSpec): (Measured & { fresh: boolean }) | null {
  const row = bulk().prepare(`SELECT value FROM Summary WHERE datasetId = ? AND scope = ? AND metric = ? AND version = ?`).get(datasetId, scopeOf(spec), METRIC, VERSION) as { value: string } | undefined
  if (!row) return null
  const measured = JSON.parse(row.value) as Measured
  return { ...measured, fresh: measured.state === stateOf(datasetId) }
}

/** Measures the heads in one pass and stores the lengths by which kinds a sample has. A minute at ten million samples. */
export async function measureGroups(datasetId: number, spec: BlendSpec, signal?: AbortSignal): Promise<Measured> {
  readyForFilter(spec.filter)
  const state = stateOf(datasetId)
  const groups = new Map<string, { kinds: string[]; samples: number; lengths: Record<string, number[]> }>()
  let empty = 0
  const view = snapshot()
  try {
    for (const batch of candidates(view, datasetId, spec)) {
      for (const sample of batch) {
        const heads = headsOf(sample.captions, spec)
        if (heads.length === 0) {
          empty++
          continue
        }
        const name = heads.map((head) => head.kind).join(' ')
        let group = groups.get(name)
        if (!group) groups.set(name, (group = { kinds: name.split(' '), samples: 0, lengths: Object.fromEntries(heads.map((head) => [head.kind, Array<number>(LENGTH_BINS).fill(0)])) }))
        group.samples++
        for (const head of heads) group.lengths[head.kind][lengthBin(head.words)]++
      }
      await setImmediate()
      signal?.throwIfAborted()
    }
    const measured = { groups: [...groups.values()], dropped: droppedCount(view, datasetId, spec.filter), empty, state }
    const values = [JSON.stringify(measured), VERSION, now()]
    bulk()
      .prepare(`INSERT INTO Summary (datasetId, scope, metric, value, version, createdAt) VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT (datasetId, scope, metric) DO UPDATE SET value = excluded.value, version = excluded.version, createdAt = excluded.createdAt`)
      .run(datasetId, scopeOf(spec), METRIC, ...values)
    return measured
  } finally {
    view.close()
  }
}

export type ExactCounts = { samples: number; byKind: Record<string, number>; fallbacks: number; effectiveP: number; excluded: { dropped: number; nothingToSay: number } }

/** The counts a release of this spec would have, by the very pick. */
export async function exactCounts(datasetId: number, spec: BlendSpec, signal?: AbortSignal): Promise<ExactCounts> {
  readyForFilter(spec.filter)
  const view = snapshot()
  try {
    const out: ExactCounts = { samples: 0, byKind: {}, fallbacks: 0, effectiveP: 0, excluded: { dropped: droppedCount(view, datasetId, spec.filter), nothingToSay: 0 } }
    for await (const batch of blended(view, datasetId, spec, signal)) {
      for (const { blended: one } of batch) {
        if (!one) out.excluded.nothingToSay++
        else {
          out.samples++
          out.byKind[one.chosen.kind] = (out.byKind[one.chosen.kind] ?? 0) + 1
          out.fallbacks += Number(one.fallback)
        }
      }
    }
    out.effectiveP = out.samples === 0 ? 0 : 1 - (out.byKind[ALT] ?? 0) / out.samples
    return out
  } finally {
    view.close()
  }
}

export type PreviewSample = { id: number; key: string; mediaId: number | null; blended: Blended | null }

/** Samples spread evenly over the dataset, as the trainer will see them. In quota mode all samples are looked at first. */
export async function previewSamples(datasetId: number, spec: BlendSpec, count = 20, signal?: AbortSignal): Promise<PreviewSample[]> {
  readyForFilter(spec.filter)
  const where = whereOf(parseFilter(spec.filter), datasetId)
  const view = snapshot()
  try {
    const ends = view.prepare(`SELECT min(id) AS first, max(id) AS last FROM Sample WHERE datasetId = ?`).get(datasetId) as { first: number | null; last: number | null }
    if (ends.first === null || ends.last === null) return []
    const from = view.prepare(`SELECT s.key FROM Sample s WHERE ${where.sql} AND s.dropped = 0 AND s.id >= ? ORDER BY s.id LIMIT 1`).pluck()
    const step = Math.max(1, (ends.last - ends.first + 1) / count)
    const keys = new Set<string>()
    for (let i = 0; i < count; i++) {
      const key = from.get(...where.params, Math.floor(ends.first + i * step)) as string | undefined
      if (key !== undefined) keys.add(key)
    }
    // where a filter leaves few, close together, the steps meet the same ones
    if (keys.size < count) for (const key of view.prepare(`SELECT s.key FROM Sample s WHERE ${where.sql} AND s.dropped = 0 ORDER BY s.id LIMIT ?`).pluck().all(...where.params, count) as string[]) if (keys.size < count) keys.add(key)
    const synthetic = await decider(view, datasetId, spec, signal)
    const ids = view.prepare(`SELECT id FROM Sample WHERE datasetId = ? AND key IN (SELECT value FROM json_each(?)) ORDER BY id`).pluck().all(datasetId, JSON.stringify([...keys])) as number[]
    return ids.flatMap((id) => {
      const [batch] = candidates(view, datasetId, spec, 1, id - 1)
      return batch.map((sample) => ({ id: sample.id, key: sample.key, mediaId: sample.mediaId, blended: blend(sample.key, sample.captions, spec, synthetic) }))
    })
  } finally {
    view.close()
  }
}

/** Blends saved under a name. Saving a name again replaces its spec. */
export const saveBlend = async (datasetId: number, name: string, spec: BlendSpec) =>
  (await db()).blend.upsert({ where: { datasetId_name: { datasetId, name } }, create: { datasetId, name, spec: JSON.stringify(spec) }, update: { spec: JSON.stringify(spec) } })

export async function savedBlends(datasetId: number): Promise<{ name: string; spec: BlendSpec }[]> {
  const rows = await (await db()).blend.findMany({ where: { datasetId }, orderBy: { name: 'asc' }, select: { name: true, spec: true } })
  return rows.map((row) => ({ name: row.name, spec: BlendSpec.parse(JSON.parse(row.spec)) }))
}
