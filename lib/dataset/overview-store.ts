import { setImmediate } from 'node:timers/promises'
import { picturesCompared } from '@/lib/sample/duplicate-store'
import { bulk } from '@/lib/db'
import type { Counted, Overview } from './overview'
import { LENGTHS, RATIOS, SIDES, upTo } from './overview'
import { guessLanguage } from './language'

/** Of an import `i`: its source was not read to the end again since. What a later reading found counts instead. */
export const LAST_OF_SOURCE = `NOT EXISTS (SELECT 1 FROM Import later WHERE later.datasetId = i.datasetId AND later.source = i.source AND later.id > i.id AND later.status = 'done')`

/** Samples looked at in one step, so that other requests get their turn in between. */
const STEP = 20_000
/** Samples, spread over the dataset, whose captions' language is guessed, and the most captions of them. */
const GUESSED = 600
const MOST_GUESSED = 6000
/** Samples whose source columns are looked at. */
const COLUMNS_OF = 1000
const LISTED = 5
const LICENCE = /^(licen[cs]e|licen[cs]e_?(name|url|type)|rights|copyright)$/i

type Tally = Map<string, number>
const add = (tally: Tally, rows: readonly { value: string; count: number }[]) => rows.forEach(({ value, count }) => tally.set(value, (tally.get(value) ?? 0) + count))
const ranked = (tally: Tally): Counted[] => [...tally].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
const edge = (column: string, edges: readonly number[]) => `CASE ${edges.slice(1).map((end, i) => `WHEN ${column} < ${end} THEN ${i}`).join(' ')} ELSE ${edges.length - 1} END`
const binned = (tally: Tally, edges: readonly number[]) => edges.map((from, i) => ({ from, to: upTo(edges, i), count: tally.get(String(i)) ?? 0 }))

/** Every caption and picture, a range of samples at a time. */
async function tallies(datasetId: number, signal?: AbortSignal) {
  const sql = bulk()
  const range = `s.datasetId = ? AND s.id >= ? AND s.id < ?`
  const pictures = `FROM Sample s JOIN Media m ON m.id = s.mediaId WHERE ${range}`
  const ask = {
    captions: sql.prepare(`SELECT c.kind || char(31) || c.origin || char(31) || c.standing AS value, count(*) AS count FROM Sample s JOIN Caption c ON c.sampleId = s.id WHERE ${range} AND c.retiredAt IS NULL GROUP BY 1`),
    lengths: sql.prepare(`SELECT c.kind || char(31) || ${edge('c.words', LENGTHS)} AS value, count(*) AS count FROM Sample s JOIN Caption c ON c.sampleId = s.id WHERE ${range} AND c.retiredAt IS NULL GROUP BY 1`),
    types: sql.prepare(`SELECT coalesce(m.mime, CASE WHEN m.place = 'url' AND m.member IS NULL THEN 'not fetched yet' ELSE 'unknown' END) AS value, count(*) AS count ${pictures} GROUP BY 1`),
    places: sql.prepare(`SELECT m.place AS value, count(*) AS count ${pictures} GROUP BY 1`),
    sides: sql.prepare(`SELECT ${edge('min(m.width, m.height)', SIDES)} AS value, count(*) AS count ${pictures} AND m.width > 0 AND m.height > 0 GROUP BY 1`),
    ratios: sql.prepare(`SELECT ${edge('1.0 * m.width / m.height', RATIOS)} AS value, count(*) AS count ${pictures} AND m.width > 0 AND m.height > 0 GROUP BY 1`),
    samples: sql.prepare(`SELECT CASE WHEN s.mediaId IS NULL THEN 'none' WHEN (SELECT fault FROM Media m WHERE m.id = s.mediaId) IS NULL THEN 'readable' ELSE 'faulty' END || CASE WHEN s.dropped THEN ' dropped' ELSE '' END AS value, count(*) AS count FROM Sample s WHERE ${range} GROUP BY 1`),
  }
  const names = Object.keys(ask) as (keyof typeof ask)[]
  const found = Object.fromEntries(names.map((name) => [name, new Map()])) as Record<keyof typeof ask, Tally>
  const { first, last } = sql.prepare(`SELECT min(id) AS first, max(id) AS last FROM Sample WHERE datasetId = ?`).get(datasetId) as { first: number | null; last: number | null }
  if (first === null || last === null) return found
  for (let from = first; from <= last; from += STEP) {
    for (const name of names) {
      signal?.throwIfAborted()
      add(found[name], (ask[name].all(datasetId, from, from + STEP) as { value: string | number; count: number }[]).map(({ value, count }) => ({ value: String(value), count })))
      await setImmediate()
    }
  }
  return found
}

/** The language of captions spread over the dataset, and of how many it was guessed. */
function languages(datasetId: number): Overview['languages'] {
  const sql = bulk()
  const { first, last } = sql.prepare(`SELECT min(sampleId) AS first, max(sampleId) AS last FROM Caption WHERE datasetId = ?`).get(datasetId) as { first: number | null; last: number | null }
  if (first === null || last === null) return { of: 0, values: [] }
  const stride = Math.max(1, Math.ceil((last - first + 1) / GUESSED))
  const texts = sql.prepare(`WITH RECURSIVE at(id) AS (SELECT ? UNION ALL SELECT id + ? FROM at WHERE id + ? <= ?)
    SELECT c.text FROM at JOIN Caption c ON c.sampleId = at.id WHERE c.datasetId = ? AND c.retiredAt IS NULL LIMIT ?`).pluck().all(first, stride, stride, last, datasetId, MOST_GUESSED) as string[]
  const tally: Tally = new Map()
  for (const text of texts) add(tally, [{ value: guessLanguage(text) ?? 'not clear', count: 1 }])
  return { of: texts.length, values: ranked(tally) }
}

/** Source columns of the first samples: how many have them, how many values they take. */
function columns(datasetId: number): Overview['columns'] {
  return bulk()
    .prepare(`SELECT j.key AS name, count(*) AS samples, count(DISTINCT j.atom) AS different, min(CAST(j.atom AS TEXT)) AS example
      FROM (SELECT meta FROM Sample WHERE datasetId = ? AND meta IS NOT NULL ORDER BY id LIMIT ${COLUMNS_OF}) s, json_each(s.meta) j WHERE j.type NOT IN ('object', 'array', 'null') GROUP BY 1 ORDER BY 1`)
    .all(datasetId) as Overview['columns']
}

function licences(datasetId: number, names: readonly string[]): Overview['licences'] {
  return names.filter((name) => LICENCE.test(name)).map((column) => ({
    column,
    values: bulk().prepare(`SELECT coalesce(CAST(json_extract(meta, ?) AS TEXT), 'not said') AS value, count(*) AS count FROM Sample WHERE datasetId = ? GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 20`).all(`$."${column.replaceAll('"', '')}"`, datasetId) as Counted[],
  }))
}

/** What is in a dataset, counted from its rows. */
export async function overview(datasetId: number, signal?: AbortSignal): Promise<Overview> {
  const sql = bulk()
  const number = (text: string) => sql.prepare(text).pluck().get(datasetId) as number
  const all = <T>(text: string) => sql.prepare(text).all(datasetId) as T[]
  const found = await tallies(datasetId, signal)
  const held = columns(datasetId)
  const sum = (part: string) => [...found.samples].reduce((total, [value, count]) => total + (value.includes(part) ? count : 0), 0)
  const lengths = Map.groupBy(found.lengths, ([value]) => value.split('\u001f')[0])
  return {
    samples: sum(''),
    dropped: sum('dropped'),
    withoutPicture: sum('none'),
    faulty: sum('faulty'),
    captions: ranked(found.captions).map(({ value, count }) => {
      const [kind, origin, standing] = value.split('\u001f')
      return { kind, origin, standing, count }
    }),
    retired: number(`SELECT count(*) FROM Caption WHERE datasetId = ? AND retiredAt IS NOT NULL`),
    lengths: [...lengths].map(([kind, rows]) => ({ kind, bins: binned(new Map(rows.map(([value, count]) => [value.split('\u001f')[1], count])), LENGTHS) })),
    sides: binned(found.sides, SIDES),
    ratios: binned(found.ratios, RATIOS),
    types: ranked(found.types),
    places: ranked(found.places),
    languages: languages(datasetId),
    columns: held,
    licences: licences(datasetId, held.map((column) => column.name)),
    flags: all<Counted>(`SELECT rule AS value, count(DISTINCT sampleId) AS count FROM Flag WHERE datasetId = ? AND clearedAt IS NULL GROUP BY 1 ORDER BY 2 DESC, 1`),
    problems: number(`SELECT coalesce(sum(problems), 0) FROM Import i WHERE datasetId = ? AND ${LAST_OF_SOURCE}`),
    duplicates: {
      near: number(`SELECT count(DISTINCT groupId) FROM Sample WHERE datasetId = ? AND groupId IS NOT NULL`),
      samples: number(`SELECT count(*) FROM Sample WHERE datasetId = ? AND groupId IS NOT NULL`),
      compared: picturesCompared(datasetId),
    },
    imports: all(`SELECT id, source, format, status, added, problems, createdAt FROM Import WHERE datasetId = ? ORDER BY id DESC LIMIT ${LISTED}`),
    runs: all(`SELECT id, recipe, model, kind, status, done, total, createdAt FROM Run WHERE datasetId = ? ORDER BY id DESC LIMIT ${LISTED}`),
    releases: all(`SELECT id, format, status, samples, createdAt FROM Release WHERE datasetId = ? ORDER BY id DESC LIMIT ${LISTED}`),
  }
}
