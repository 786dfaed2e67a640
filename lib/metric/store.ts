import type Database from 'better-sqlite3'
import { z } from 'zod'
import { encodersStamp } from '@/lib/caption/encoders'
import { newestOf } from '@/lib/dataset/newest-store'
import { bulk, now } from '@/lib/db'
import { term } from '@/lib/sample/filter'
import { alarms, type Alarm } from './alarms'
import { Scorecard } from './scorecard'
import { DistributionSummary } from './summary'

/** +1 whenever what is stored below is measured otherwise. */
const VERSION = 2

export type Scope = { kind: string; origin?: string; model?: string | null; recipe?: string | null }
/** A kind as a whole, or what one origin, model and recipe version wrote of it. */
export const scopeId = ({ kind, origin, model, recipe }: Scope): string => (origin === undefined ? kind : [kind, origin, model ?? '', recipe ?? ''].join('|'))
export function scopeOf(id: string): Scope {
  const [kind, origin, model, recipe] = id.split('|')
  return origin === undefined ? { kind } : { kind, origin, model: model || null, recipe: recipe || null }
}
/** The scope in the filter language. What it has not, model or recipe, is said where one of `others` has it and would match too. */
export function filterOf({ kind, origin, model, recipe }: Scope, others: readonly Scope[] = []): string {
  if (origin === undefined) return term('kind', kind)
  const alike = others.filter((one) => one.kind === kind && one.origin === origin)
  const part = (field: 'model' | 'recipe', value: string | null | undefined, among: readonly Scope[]) => (value ? [term(field, value)] : among.some((one) => one[field]) ? [term(field, 'none')] : [])
  return [term('kind', kind), term('origin', origin), ...part('model', model, alike), ...part('recipe', recipe, alike.filter((one) => one.model === model))].join(' ')
}

export const LostSummary = z.object({
  /** samples with an alt text and another caption; those of them that lose something */
  samples: z.number().int(),
  losing: z.number().int(),
  bySort: z.record(z.string(), z.number().int()),
  top: z.array(z.object({ text: z.string(), sort: z.string(), samples: z.number().int(), keys: z.array(z.string()) })),
})
export type LostSummary = z.infer<typeof LostSummary>
const Meta = z.object({ state: z.string(), captions: z.number().int() })

export type MeasuredRow = { scope: string; metric: 'distribution' | 'scorecard' | 'lost' | 'measured'; value: unknown }

/** Changes with every caption, decision, flag and tokenizer file: what was measured before is then old. */
export function stateOf(datasetId: number): string {
  const one = (sql: string, ...params: unknown[]) => (bulk().prepare(sql).pluck().get(...params) as number | null) ?? 0
  return [newestOf('Caption', datasetId), newestOf('Verdict', datasetId), newestOf('Flag', datasetId), one(`SELECT coalesce(sum(applied), 0) + coalesce(max(id), 0) FROM Batch WHERE datasetId = ?`, datasetId), one(`SELECT count(retiredAt) FROM Run WHERE datasetId = ?`, datasetId), encodersStamp()].join('.')
}

/** Replaces all that was measured of a dataset, in one step. */
export function saveMeasured(datasetId: number, rows: readonly MeasuredRow[]): void {
  const sql = bulk()
  const put = sql.prepare(`INSERT INTO Summary (datasetId, scope, metric, version, value, createdAt) VALUES (?, ?, ?, ?, ?, ?)`)
  const time = now()
  sql
    .transaction(() => {
      sql.prepare(`DELETE FROM Summary WHERE datasetId = ? AND metric IN ('distribution', 'scorecard', 'lost', 'measured')`).run(datasetId)
      for (const row of rows) put.run(datasetId, row.scope, row.metric, VERSION, JSON.stringify(row.value), time)
    })
    .immediate()
}

export type Insight = { id: string; scope: Scope; filter: string; summary: DistributionSummary; alarms: Alarm[] }
export type Insights = { measuredAt: string; fresh: boolean; captions: number; originals: DistributionSummary | null; kinds: Insight[]; scorecards: Scorecard[]; lost: LostSummary | null }

/** All that was measured of a dataset, read from rows; null when it never was, or by an older version of the measures. */
export function insights(datasetId: number): Insights | null {
  const rows = bulk().prepare(`SELECT scope, metric, value, createdAt FROM Summary WHERE datasetId = ? AND version = ? AND metric IN ('distribution', 'scorecard', 'lost', 'measured') ORDER BY id`).all(datasetId, VERSION) as { scope: string; metric: string; value: string; createdAt: string }[]
  const measured = rows.find((row) => row.metric === 'measured')
  if (!measured) return null
  const meta = Meta.parse(JSON.parse(measured.value))
  const found = rows.filter((row) => row.metric === 'distribution').map((row) => ({ id: row.scope, summary: DistributionSummary.parse(JSON.parse(row.value)) }))
  const scopes = found.map((one) => scopeOf(one.id))
  const originals = found.find((one) => one.id === 'alt')?.summary ?? null
  const lost = rows.find((row) => row.metric === 'lost')
  return {
    measuredAt: measured.createdAt,
    fresh: meta.state === stateOf(datasetId),
    captions: meta.captions,
    originals,
    kinds: found.map(({ id, summary }) => {
      const scope = scopeOf(id)
      const filter = filterOf(scope, scopes)
      return { id, scope, filter, summary, alarms: scope.kind === 'alt' ? [] : alarms(summary, originals, filter, scope.origin !== undefined) }
    }),
    scorecards: rows.filter((row) => row.metric === 'scorecard').map((row) => Scorecard.parse(JSON.parse(row.value))),
    lost: lost ? LostSummary.parse(JSON.parse(lost.value)) : null,
  }
}

export type MeasuredCaption = { id: number; text: string; kind: string; origin: string; model: string | null; recipe: string | null; words: number; tokens: number | null; textHash: string }

/** The captions of a dataset that were not rolled back, by id. */
export function* captionsToMeasure(view: Database.Database, datasetId: number, size = 2000): Generator<MeasuredCaption[]> {
  const page = view.prepare(`SELECT id, text, kind, origin, model, recipe, words, tokens, textHash FROM Caption NOT INDEXED WHERE id > ? AND datasetId = ? AND retiredAt IS NULL ORDER BY id LIMIT ?`)
  for (let after = 0; ; ) {
    const rows = page.all(after, datasetId, size) as MeasuredCaption[]
    if (rows.length === 0) return
    yield rows
    after = rows[rows.length - 1].id
  }
}

export type SampleTexts = { key: string; captions: { id: number; kind: string; origin: 'source' | 'model' | 'human'; standing: 'pending' | 'approved' | 'rejected'; text: string; quarantined: boolean; retired: boolean }[] }

/** Samples in play with their captions, for what is lost between them. */
export function* samplesToCompare(view: Database.Database, datasetId: number, size = 1000): Generator<SampleTexts[]> {
  const page = view.prepare(`SELECT id, key FROM Sample WHERE datasetId = ? AND dropped = 0 AND id > ? ORDER BY id LIMIT ?`)
  const captions = view.prepare(`SELECT sampleId, id, kind, origin, standing, text, quarantined FROM Caption WHERE sampleId IN (SELECT value FROM json_each(?)) AND retiredAt IS NULL`)
  for (let after = 0; ; ) {
    const rows = page.all(datasetId, after, size) as { id: number; key: string }[]
    if (rows.length === 0) return
    after = rows[rows.length - 1].id
    const byId = new Map<number, SampleTexts>(rows.map((row) => [row.id, { key: row.key, captions: [] }]))
    for (const { sampleId, quarantined, ...caption } of captions.all(JSON.stringify(rows.map((row) => row.id))) as (SampleTexts['captions'][number] & { sampleId: number; quarantined: number | boolean })[])
      byId.get(sampleId)?.captions.push({ ...caption, quarantined: Boolean(quarantined), retired: false })
    yield [...byId.values()]
  }
}
