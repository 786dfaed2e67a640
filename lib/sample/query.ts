import { beginsWith, casingOf, endingOf } from '@/lib/caption/habits'
import { spaced, unspaced } from '@/lib/caption/unspaced'
import { sqlFunction } from '@/lib/sql-function'
import type { Compare, Filter } from './filter'

/** A condition with its bound values. `s` is the sample, `c` one caption of it. */
export type Sql = { sql: string; params: unknown[] }

const sql = (text: string, ...params: unknown[]): Sql => ({ sql: text, params })
const join = (parts: readonly Sql[], by: ' AND ' | ' OR '): Sql => ({ sql: parts.map((part) => `(${part.sql})`).join(by), params: parts.flatMap((part) => part.params) })
const not = (part: Sql): Sql => ({ ...part, sql: `NOT (${part.sql})` })
const compare = (column: string, op: Compare, value: string): Sql => sql(`${column} ${op} ?`, Number(value))
const like = (text: string) => `%${text.replace(/[\\%_]/g, '\\$&')}%`

/** One FTS5 string: every other character is inert inside the quotes. NUL would end it early. */
export const ftsPhrase = (text: string): string => `"${text.replaceAll('\0', '').replaceAll('"', '""')}"`
/**
 * The captions that hold a phrase, as one or two SELECTs of their ids. Scripts without spaces are looked up letter by letter
 * only; a word of another script may also stand in the middle of such a text. `more` narrows each SELECT.
 */
export const textSearch = (text: string, more = ''): Sql[] => {
  const [words, letters] = ['caption_fts', 'caption_chars'].map((table) => `SELECT rowid FROM ${table} WHERE ${table} MATCH ?${more}`)
  return unspaced(text) ? [sql(letters, ftsPhrase(spaced(text)))] : [sql(words, ftsPhrase(text)), sql(letters, ftsPhrase(text))]
}
/** Whether full text has a token to look for; punctuation alone matches nothing there, and "" is a syntax error. */
const searchable = (text: string) => /[\p{L}\p{N}]/u.test(text)

sqlFunction('begins_with', (text, words) => Number(beginsWith(text, words)))
sqlFunction('casing_of', casingOf)
sqlFunction('ending_of', endingOf)

/** Whether an earlier caption that is still in play, and alike in this way, says the same. Alt texts that came with the data are in no index of texts. */
const repeats = (alike: string) => sql(`EXISTS (SELECT 1 FROM TextHash h CROSS JOIN Caption e ON e.id = h.captionId WHERE h.hash = c.textHash AND h.captionId < c.id AND e.datasetId = c.datasetId AND e.kind = c.kind AND e.retiredAt IS NULL${alike})`)

/** In place of a model or recipe: where there is none. */
const NONE = 'none'

type Term = Extract<Filter, { is: 'field' }>
const captionField: Record<string, (term: Term) => Sql> = {
  kind: (t) => sql('c.kind = ?', t.value),
  origin: (t) => sql('c.origin = ?', t.value),
  standing: (t) => sql('c.standing = ?', t.value),
  model: (t) => (t.value === NONE ? sql('c.model IS NULL') : sql('c.model = ?', t.value)),
  recipe: (t) => (t.value === NONE ? sql('c.recipe IS NULL') : t.value.includes('@') ? sql('c.recipe = ?', t.value) : sql(`c.recipe LIKE ? ESCAPE '\\'`, `${t.value.replace(/[\\%_]/g, '\\$&')}@%`)),
  run: (t) => compare('c.runId', t.compare, t.value),
  words: (t) => compare('c.words', t.compare, t.value),
  tokens: (t) => compare('c.tokens', t.compare, t.value),
  begins: (t) => sql('begins_with(c.text, ?) = 1', t.value),
  // The sign itself is soon looked for, so that few texts are read to their end.
  ends: (t) => (/^[.!?]$/.test(t.value) ? sql('CASE WHEN instr(c.text, ?) > 0 THEN ending_of(c.text) = ? ELSE 0 END', t.value, t.value) : sql('ending_of(c.text) = ?', t.value)),
  casing: (t) => sql('casing_of(c.text) = ?', t.value),
  repeats: (t) => repeats(t.value === 'writer' ? ' AND e.origin = c.origin AND e.model IS c.model AND e.recipe IS c.recipe' : ''),
  alignment: (t) => ({ sql: `EXISTS (SELECT 1 FROM Score sc WHERE sc.captionId = c.id AND sc.metric = 'alignment' AND sc.value ${t.compare} ?)`, params: [Number(t.value)] }),
  reason: (t) => sql(`c.standing = 'rejected' AND EXISTS (SELECT 1 FROM Verdict v, json_each(v.reasons) r WHERE v.captionId = c.id AND v.decision = 'reject' AND r.value = ?)`, t.value),
  'same-text': (t) => sql('c.textHash = (SELECT textHash FROM Caption WHERE id = ?)', Number(t.value)),
  quarantined: (t) => sql('c.quarantined = ?', t.value === 'yes' ? 1 : 0),
}

const sampleField: Record<string, (term: Term, datasetId: number) => Sql> = {
  reviewer: (t, datasetId) => sql(`s.id IN (SELECT v.sampleId FROM Verdict v WHERE v.datasetId = ? AND v.reviewer = ?)`, datasetId, t.value),
  flag: (t, datasetId) => sql(`s.id IN (SELECT f.sampleId FROM Flag f WHERE f.datasetId = ? AND f.rule = ? AND f.clearedAt IS NULL)`, datasetId, t.value),
  id: (t) => compare('s.id', t.compare, t.value),
  width: (t) => sql(`EXISTS (SELECT 1 FROM Media m WHERE m.id = s.mediaId AND m.width ${t.compare} ?)`, Number(t.value)),
  height: (t) => sql(`EXISTS (SELECT 1 FROM Media m WHERE m.id = s.mediaId AND m.height ${t.compare} ?)`, Number(t.value)),
  ratio: (t) => sql(`EXISTS (SELECT 1 FROM Media m WHERE m.id = s.mediaId AND m.height > 0 AND 1.0 * m.width / m.height ${t.compare} ?)`, Number(t.value)),
  key: (t) => sql(`s.key LIKE ? ESCAPE '\\'`, like(t.value)),
  missing: (t) => sql(`NOT EXISTS (SELECT 1 FROM Caption c WHERE c.sampleId = s.id AND c.kind = ? AND c.retiredAt IS NULL)`, t.value),
  duplicate: (t) => sql(t.value === 'yes' ? 's.groupId IS NOT NULL' : 's.groupId IS NULL'),
  dropped: (t) => sql('s.dropped = ?', t.value === 'yes' ? 1 : 0),
  media: (t) => compare('s.mediaId', t.compare, t.value),
  group: (t) => compare('s.groupId', t.compare, t.value),
  import: (t) => compare('s.importId', t.compare, t.value),
}

function metaField(t: Term): Sql {
  const path = `$."${t.field.name.slice(5).replaceAll('"', '')}"`
  const number = /^-?\d+(\.\d+)?$/.test(t.value)
  if (t.compare !== '=') return sql(`CAST(json_extract(s.meta, ?) AS REAL) ${t.compare} ?`, path, Number(t.value))
  return number ? sql(`(json_extract(s.meta, ?) = ? OR CAST(json_extract(s.meta, ?) AS TEXT) = ?)`, path, Number(t.value), path, t.value) : sql(`CAST(json_extract(s.meta, ?) AS TEXT) = ?`, path, t.value)
}

/** Whether the whole sub-filter speaks of one caption. */
function ofCaption(filter: Filter): boolean {
  if (filter.is === 'text') return true
  if (filter.is === 'field') return filter.field.on === 'caption'
  return filter.is === 'not' ? ofCaption(filter.part) : filter.parts.length > 0 && filter.parts.every(ofCaption)
}

/** The captions that hold a phrase, as a SELECT of their ids; `few` when they are so few that they may lead the search. */
export type Hits = (phrase: string) => Sql & { few: boolean }
export const allHits: Hits = (phrase) => {
  const parts = textSearch(phrase)
  return { sql: parts.map((part) => part.sql).join(' UNION ALL '), params: parts.flatMap((part) => part.params), few: false }
}

type Asked = { datasetId: number; hits: Hits }

/** `lead`: a short list of captions may lead; it never may within a question that is asked of each sample. */
function onCaption(filter: Filter, asked: Asked, lead = false): Sql {
  if (filter.is === 'text') {
    if (!searchable(filter.text)) return sql(`instr(c.text, ?) > 0`, filter.text)
    const { few, ...hits } = asked.hits(filter.text)
    // The plus keeps the database from going through the whole list.
    return { ...hits, sql: `${lead && few ? '' : '+'}c.id IN (${hits.sql})` }
  }
  if (filter.is === 'field') return captionField[filter.field.name](filter)
  if (filter.is === 'not') return not(onCaption(filter.part, asked))
  return join(filter.parts.map((part) => onCaption(part, asked, lead)), filter.is === 'or' ? ' OR ' : ' AND ')
}

const exists = (condition: Sql): Sql => ({ sql: `EXISTS (SELECT 1 FROM Caption c WHERE c.sampleId = s.id AND c.retiredAt IS NULL AND (${condition.sql}))`, params: condition.params })

const INDEXED = ['kind', 'standing', 'run', 'reason']
/** The same condition from the captions' side: what is rare is found from there, instead of asked of every sample. */
function led(parts: readonly Filter[], condition: Sql, { datasetId }: Asked): Sql {
  const byIndex = !parts.some((part) => part.is === 'text') && parts.some((part) => part.is === 'field' && INDEXED.includes(part.field.name))
  return { sql: `s.id IN (SELECT c.sampleId FROM Caption c ${byIndex ? '' : 'NOT INDEXED '}WHERE c.datasetId = ? AND c.retiredAt IS NULL AND (${condition.sql}))`, params: [datasetId, ...condition.params] }
}

function onSample(filter: Filter, asked: Asked, lead = false): Sql {
  const put = (parts: readonly Filter[], condition: Sql) => (lead ? led(parts, condition, asked) : exists(condition))
  if (filter.is === 'not') return not(onSample(filter.part, asked))
  if (filter.is === 'and') {
    if (filter.parts.length === 0) return sql('1')
    // Conditions on captions that stand side by side speak of one caption, as long as one of them asks for something.
    const together = filter.parts.filter((part) => ofCaption(part))
    const joined = together.some((part) => part.is !== 'not') ? together.toSorted((a, b) => Number(a.is !== 'field') - Number(b.is !== 'field')) : []
    const rest = filter.parts.filter((part) => !joined.includes(part)).map((part) => onSample(part, asked))
    return join(joined.length ? [put(joined, join(joined.map((part) => onCaption(part, asked, lead)), ' AND ')), ...rest] : rest, ' AND ')
  }
  if (filter.is === 'or') return lead && ofCaption(filter) ? put([filter], onCaption(filter, asked, lead)) : join(filter.parts.map((part) => onSample(part, asked)), ' OR ')
  if (ofCaption(filter)) return put([filter], onCaption(filter, asked, lead))
  if (filter.is === 'field') return filter.field.name.startsWith('meta.') ? metaField(filter) : sampleField[filter.field.name](filter, asked.datasetId)
  throw new Error('a text is always of a caption')
}

/** The filter as a condition on sample `s` of one dataset; every value is bound, none stands in the text. */
export function whereOf(filter: Filter, datasetId: number, hits: Hits = allHits): Sql {
  const condition = onSample(filter, { datasetId, hits })
  return { sql: `s.datasetId = ? AND (${condition.sql})`, params: [datasetId, ...condition.params] }
}

/** The same samples, asked in the way that is quick when few match; undefined when the filter asks nothing of captions. */
export function rareWhereOf(filter: Filter, datasetId: number, hits: Hits): Sql | undefined {
  const condition = onSample(filter, { datasetId, hits }, true)
  return condition.sql === onSample(filter, { datasetId, hits }).sql ? undefined : { sql: `+s.datasetId = ? AND (${condition.sql})`, params: [datasetId, ...condition.params] }
}

/** The phrases of a filter that full text can look for, each once. */
export function phrasesOf(filter: Filter): string[] {
  if (filter.is === 'text') return searchable(filter.text) ? [filter.text] : []
  if (filter.is === 'field') return []
  return [...new Set((filter.is === 'not' ? [filter.part] : filter.parts).flatMap(phrasesOf))]
}

/** Phrases without which nothing matches. */
export function neededPhrases(filter: Filter): string[] {
  if (filter.is === 'text') return phrasesOf(filter)
  return filter.is === 'and' ? filter.parts.flatMap(neededPhrases) : []
}
