import { captionsOf } from '@/lib/caption/store'
import { bulk } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { parseFilter, type Filter } from './filter'
import { firstMatching, matchingAmong } from './match-store'
import { whereOf } from './query'
import type { Alignment, SampleFlag, SampleView, Sort } from './schema'
import { notOurs, sortedBeside, sortedPage } from './sort-store'

const asFilter = (filter: string | Filter | undefined): Filter => (typeof filter === 'object' ? filter : parseFilter(filter ?? ''))

export type Page = { samples: SampleView[]; next?: string }
export type PageRequest = { datasetId: number; filter?: string | Filter; limit: number; after?: string; sort?: Sort }

/** One page by key, never by offset: the last row's sort value and id lead to the next. */
export function samplePage(request: PageRequest): Page {
  const filter = asFilter(request.filter)
  const { ids, next } = request.sort === undefined || request.sort === 'imported' || request.sort === 'newest' ? byImport(filter, request) : sortedPage(request.datasetId, filter, request.sort, request)
  return { samples: sampleViews(ids), next }
}

/** As imported, or the newest first: the cursor is the last sample's id. */
function byImport(filter: Filter, { datasetId, after, limit, sort }: PageRequest): { ids: number[]; next?: string } {
  const ids = firstMatching(datasetId, filter, { after: after === undefined ? undefined : idOf(after), down: sort === 'newest', limit: limit + 1 })
  return { ids: ids.slice(0, limit), next: ids.length > limit ? Buffer.from(JSON.stringify([ids[limit - 1], ids[limit - 1]])).toString('base64url') : undefined }
}

function idOf(after: string): number {
  try {
    const [, id] = JSON.parse(Buffer.from(after, 'base64url').toString()) as unknown[]
    if (typeof id === 'number') return id
  } catch {
    // falls through to the one answer for all cursors that are not ours
  }
  throw notOurs()
}

type Row = Omit<SampleView, 'captions' | 'flags' | 'meta' | 'dropped' | 'alignment'> & { meta: string | null; dropped: number }

/** These samples with their captions, flags and alignment, in the order asked for; ids that are gone are left out. */
export function sampleViews(ids: readonly number[]): SampleView[] {
  if (ids.length === 0) return []
  const list = JSON.stringify(ids)
  const sql = bulk()
  const rows = sql
    .prepare(`SELECT s.id, s.datasetId, s.key, s.mediaId, m.width, m.height, s.dropped, s.version, s.groupId, s.meta, m.fault
      FROM Sample s LEFT JOIN Media m ON m.id = s.mediaId WHERE s.id IN (SELECT value FROM json_each(?))`)
    .all(list) as Row[]
  const captions = Map.groupBy(captionsOf(ids), (caption) => caption.sampleId)
  const flags = Map.groupBy(
    sql.prepare(`SELECT sampleId, rule, evidence, captionId, raisedBy, createdAt FROM Flag WHERE sampleId IN (SELECT value FROM json_each(?)) AND clearedAt IS NULL ORDER BY id`).all(list) as (SampleFlag & { sampleId: number })[],
    (flag) => flag.sampleId,
  )
  const scores = sql
    // CROSS JOIN keeps the order of the loops: these samples lead, not the scores of all others.
    .prepare(`SELECT c.sampleId, sc.value, sc.detail FROM json_each(?) j CROSS JOIN Caption c ON c.sampleId = j.value CROSS JOIN Score sc ON sc.captionId = c.id
      WHERE sc.metric = 'alignment' AND c.kind = 'alt' AND c.retiredAt IS NULL ORDER BY c.id DESC`)
    .all(list) as { sampleId: number; value: number | null; detail: string | null }[]
  const alignment = new Map(scores.map((score) => [score.sampleId, alignmentOf(score)]))
  const byId = new Map(rows.map((row) => [row.id, row]))
  return ids.flatMap((id) => {
    const row = byId.get(id)
    if (!row) return []
    return [{
      ...row,
      dropped: Boolean(row.dropped),
      meta: row.meta ? (JSON.parse(row.meta) as Record<string, unknown>) : null,
      captions: captions.get(id) ?? [],
      flags: (flags.get(id) ?? []).map(({ sampleId: _, ...flag }) => flag),
      alignment: alignment.get(id),
    }]
  })
}

function alignmentOf(score: { value: number | null; detail: string | null }): Alignment {
  const detail = score.detail ? (JSON.parse(score.detail) as Partial<Alignment>) : {}
  return { score: score.value, verdict: score.value === null ? 'not enough evidence' : (detail.verdict ?? 'aligned'), why: detail.why ?? [] }
}

/** Throws 'not_found'. */
function idByKey(datasetId: number, key: string): number {
  const id = bulk().prepare(`SELECT id FROM Sample WHERE datasetId = ? AND key = ?`).pluck().get(datasetId, key) as number | undefined
  if (id === undefined) throw new AppError('not_found', `There is no sample “${key}” in this dataset. Keys are as the source gave them, file ending included.`)
  return id
}

/** Throws 'not_found'. */
export const sampleByKey = (datasetId: number, key: string): SampleView => sampleViews([idByKey(datasetId, key)])[0]

/** How many samples match; with `cap`, counting stops one beyond it. */
export function countSamples(datasetId: number, filter: string | Filter = '', cap?: number): number {
  if (cap) return firstMatching(datasetId, asFilter(filter), { limit: cap + 1 }).length
  const where = whereOf(asFilter(filter), datasetId)
  return bulk().prepare(`SELECT count(*) FROM Sample s WHERE ${where.sql}`).pluck().get(...where.params) as number
}

/** Matching samples that are looked up at once by a walk along all of them. */
const AHEAD = 20_000

/**
 * The ids of all that match, in chunks by key, as the server finds them: what a bulk act or a run works on. A sample that
 * comes to match behind the cursor is not seen; one that no longer matches ahead of it is left out.
 */
export function* matchingIds(datasetId: number, filter: string | Filter = '', chunk = 1000): Generator<number[]> {
  const asked = asFilter(filter)
  for (let after: number | undefined; ; ) {
    // Looked up many chunks at a time, and asked once more when their turn comes.
    const ids = firstMatching(datasetId, asked, { after, limit: Math.max(chunk, AHEAD) })
    for (let at = 0; at < ids.length; at += chunk) {
      const still = matchingAmong(datasetId, asked, ids.slice(at, at + chunk))
      if (still.length) yield still
    }
    if (ids.length === 0) return
    after = ids[ids.length - 1]
  }
}

/** The keys of the samples before and after this one among those that match, in an order; whether it matches itself or not. */
export function neighbours(datasetId: number, key: string, { filter: asked, sort = 'imported' }: { filter?: string | Filter; sort?: Sort } = {}): { previous?: string; next?: string } {
  const id = idByKey(datasetId, key)
  const filter = asFilter(asked)
  const one = (down: boolean): number | undefined => firstMatching(datasetId, filter, { after: id, down, limit: 1 })[0]
  const beside = sort === 'imported' ? { previous: one(true), next: one(false) } : sort === 'newest' ? { previous: one(false), next: one(true) } : sortedBeside(datasetId, filter, sort, id)
  const keyOf = (of: number | undefined) => (of === undefined ? undefined : (bulk().prepare(`SELECT key FROM Sample WHERE id = ?`).pluck().get(of) as string))
  return { previous: keyOf(beside.previous), next: keyOf(beside.next) }
}
