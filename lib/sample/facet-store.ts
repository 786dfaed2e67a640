import { bulk } from '@/lib/db'
import { parseFilter, type Filter } from './filter'
import { firstMatching } from './match-store'
import { whereOf } from './query'

export type FacetValue = { value: string; count: number }
export type FacetBin = { label: string; from: number; to: number | null; count: number }
export type Facets = {
  total: { count: number; capped: boolean }
  values: Record<'kind' | 'origin' | 'standing' | 'model' | 'recipe' | 'flag', FacetValue[]> & Record<`meta.${string}`, FacetValue[]>
  bins: Record<'words' | 'width' | 'ratio' | 'alignment', FacetBin[]>
}

const WORDS = [0, 1, 4, 8, 16, 32, 64, 128]
const WIDTH = [0, 256, 512, 768, 1024, 2048, 4096]
const RATIO = [0, 0.5, 0.75, 1, 1.34, 2, 3]
const ALIGNMENT = [-1000, -4, -2, -1, 0, 1, 2, 4]

/** Rows of (edge index, count) as labelled bins, empty ones too: a histogram keeps its shape. */
function bins(edges: readonly number[], rows: { edge: number; count: number }[], label: (from: number, to: number | null) => string): FacetBin[] {
  const counts = new Map(rows.map((row) => [row.edge, row.count]))
  return edges.map((from, i) => {
    const to = edges[i + 1] ?? null
    return { label: label(from, to), from, to, count: counts.get(i) ?? 0 }
  })
}
const edgeOf = (column: string, edges: readonly number[]) => `CASE ${edges.slice(1).map((edge, i) => `WHEN ${column} < ${edge} THEN ${i}`).join(' ')} ELSE ${edges.length - 1} END`
const whole = (from: number, to: number | null) => (to === null ? `${from}+` : to - from === 1 ? `${from}` : `${from}–${to - 1}`)
const open = (from: number, to: number | null) => (to === null ? `≥ ${from}` : from <= -1000 ? `< ${to}` : `${from}–${to}`)

/**
 * Counts of samples a value, for the facets beside the grid. With `cap` they are over the first `cap` samples that match
 * and `total.capped` says so; without, they are exact.
 */
export function facetCounts(datasetId: number, filter: string | Filter = '', options: { cap?: number; meta?: readonly string[] } = {}): Facets {
  const asked = typeof filter === 'string' ? parseFilter(filter) : filter
  const sql = bulk()
  sql.exec('CREATE TEMP TABLE IF NOT EXISTS matched (id INTEGER PRIMARY KEY); DELETE FROM matched')
  if (options.cap) sql.prepare('INSERT INTO matched SELECT value FROM json_each(?)').run(JSON.stringify(firstMatching(datasetId, asked, { limit: options.cap + 1 })))
  else {
    const where = whereOf(asked, datasetId)
    sql.prepare(`INSERT INTO matched SELECT s.id FROM Sample s WHERE ${where.sql}`).run(...where.params)
  }
  const count = sql.prepare('SELECT count(*) FROM matched').pluck().get() as number
  // CROSS JOIN keeps the order of the loops: few samples lead to their captions, all samples are met along the captions.
  const live = options.cap ? 'FROM matched CROSS JOIN Caption c ON c.sampleId = matched.id WHERE c.retiredAt IS NULL' : 'FROM Caption c JOIN matched ON matched.id = c.sampleId WHERE c.retiredAt IS NULL'
  const values = (column: string) => sql.prepare(`SELECT ${column} AS value, count(DISTINCT c.sampleId) AS count ${live} AND ${column} IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 50`).all() as FacetValue[]
  const media = (column: string, edges: readonly number[], label: typeof whole) =>
    bins(edges, sql.prepare(`SELECT ${edgeOf(column, edges)} AS edge, count(*) AS count FROM matched CROSS JOIN Sample s ON s.id = matched.id CROSS JOIN Media m ON m.id = s.mediaId WHERE m.width > 0 AND m.height > 0 GROUP BY 1`).all() as { edge: number; count: number }[], label)
  const metaValues = (column: string) =>
    sql.prepare(`SELECT CAST(json_extract(s.meta, ?) AS TEXT) AS value, count(*) AS count FROM matched CROSS JOIN Sample s ON s.id = matched.id WHERE s.meta IS NOT NULL GROUP BY 1 HAVING value IS NOT NULL ORDER BY 2 DESC, 1 LIMIT 50`).all(`$."${column.replaceAll('"', '')}"`) as FacetValue[]
  return {
    total: { count: options.cap ? Math.min(count, options.cap) : count, capped: Boolean(options.cap && count > options.cap) },
    values: {
      kind: values('c.kind'),
      origin: values('c.origin'),
      standing: values('c.standing'),
      model: values('c.model'),
      recipe: values('c.recipe'),
      flag: sql.prepare(`SELECT f.rule AS value, count(DISTINCT f.sampleId) AS count FROM Flag f JOIN matched ON matched.id = f.sampleId WHERE f.clearedAt IS NULL GROUP BY 1 ORDER BY 2 DESC, 1`).all() as FacetValue[],
      ...Object.fromEntries((options.meta ?? []).map((column) => [`meta.${column}`, metaValues(column)])),
    },
    bins: {
      words: bins(WORDS, sql.prepare(`SELECT ${edgeOf('c.words', WORDS)} AS edge, count(*) AS count ${live} AND c.kind = 'alt' GROUP BY 1`).all() as { edge: number; count: number }[], whole),
      width: media('m.width', WIDTH, whole),
      ratio: media('1.0 * m.width / m.height', RATIO, open),
      alignment: bins(ALIGNMENT, sql.prepare(`SELECT ${edgeOf('sc.value', ALIGNMENT)} AS edge, count(*) AS count ${options.cap ? 'FROM matched CROSS JOIN Caption c ON c.sampleId = matched.id CROSS JOIN Score sc ON sc.captionId = c.id' : 'FROM Score sc JOIN Caption c ON c.id = sc.captionId JOIN matched ON matched.id = c.sampleId'} WHERE sc.metric = 'alignment' AND sc.value IS NOT NULL AND c.kind = 'alt' AND c.retiredAt IS NULL GROUP BY 1`).all() as { edge: number; count: number }[], open),
    },
  }
}
