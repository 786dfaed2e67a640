import { AppError } from '../errors'
import { isRecord } from './guards'
import { joined, shown } from './paths'
import type { CaptionColumn, ImportBatch, ImportedCaption, ImportedSample, ImportProblem, Mapping, Source } from './types'

/** characters of one caption */
export const longestCaption = 1_000_000
const longestKey = 4096

/** Why a text cannot be stored as it is; undefined when it can. */
export function unstorable(text: string): string | undefined {
  if (text.includes('\0')) return 'contains a NUL character'
  if (!text.isWellFormed()) return 'contains bytes or characters that are not valid Unicode'
  if (text.length > longestCaption) return 'is longer than 1,000,000 characters'
  return undefined
}

/** A value as `meta` can hold it: plain JSON; undefined for what has no place there (bytes, empty cells). */
export function plain(value: unknown): unknown {
  if (value === null || value === undefined || value === '') return undefined
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value)
  if (typeof value === 'number' && !Number.isFinite(value)) return undefined
  if (typeof value === 'string') return value.isWellFormed() ? value : value.toWellFormed()
  if (typeof value !== 'object') return value
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : value.toISOString()
  if (value instanceof Uint8Array) return undefined
  if (Array.isArray(value)) return value.map((one) => plain(one) ?? null)
  const entries = Object.entries(value).flatMap(([name, one]) => {
    const kept = one === '' ? '' : plain(one)
    return kept === undefined ? [] : [[name, kept] as const]
  })
  return Object.fromEntries(entries)
}

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean' ? String(value) : undefined

/** The texts in a caption cell: one, a list, or, in a column named for several (`list`), a list as JSON. */
function textsOf(value: unknown, list: boolean): readonly string[] {
  if (typeof value === 'string') {
    if (!list || !value.startsWith('["') || !value.endsWith('"]')) return [value]
    try {
      const texts: unknown = JSON.parse(value)
      return Array.isArray(texts) && texts.every((one) => typeof one === 'string') ? texts : [value]
    } catch {
      return [value]
    }
  }
  if (Array.isArray(value)) return value.flatMap((one) => textsOf(isRecord(one) ? (one.caption ?? one.text ?? one.raw) : one, false))
  const text = textOf(value)
  return text === undefined ? [] : [text]
}

const origins = new Set(['source', 'model', 'human'])
const kindPattern = /^[a-z][a-z0-9-]{0,39}$/
/** A kind as we name them, else the other. */
export const kindOf = (value: unknown, other: string): string => (typeof value === 'string' && kindPattern.test(value) ? value : other)
/** Why the name of a model or the address of a picture cannot be stored; undefined when it can, or when there is none. */
export function unstorableIn(what: string, name: unknown): string | undefined {
  const why = typeof name === 'string' ? unstorable(name) : undefined
  return why && `${what} ${why}.`
}
const isOrigin = (value: unknown): value is ImportedCaption['origin'] => typeof value === 'string' && origins.has(value)
const sizeOf = (value: unknown): number | undefined => {
  if (value === '' || value === null || value === undefined) return undefined
  const size = Number(value)
  return Number.isSafeInteger(size) && size > 0 ? size : undefined
}

/** what pandas adds to a table it filtered: row numbers of a table that is gone */
const rowNumbers = /^__index_level_\d+__$/

export type RowReader = (cells: ArrayLike<unknown>, line?: number) => ImportedSample | ImportProblem

/**
 * Makes the reader of one table's rows: which cell is the picture, the key, a caption, a size; the rest is meta. The
 * picture's path is left in `missing` for `withImages` to look up. Throws AppError 'invalid' for a mapping that does not fit.
 */
export function rowReader(columns: readonly string[], mapping: Mapping, table: { path: string; folder?: string }): RowReader {
  const at = (name: string | undefined) => {
    if (name === undefined) return -1
    const index = columns.indexOf(name)
    if (index < 0) throw new AppError('invalid', `${table.path} has no column “${shown(name)}”. It has: ${columns.map(shown).join(', ')}.`)
    return index
  }
  const image = at(mapping.image)
  const key = at(mapping.key)
  const lower = columns.map((column) => column.toLowerCase())
  const either = (...names: string[]) => names.map((name) => lower.indexOf(name)).find((index) => index >= 0) ?? -1
  const width = either('width', 'original_width')
  const height = either('height', 'original_height')
  const nested = either('meta')
  const captions = (mapping.captions ?? []).map((column) => {
    const { kind, origin, model } = column
    const one = { column, at: at(column.column), kind: at(column.from?.kind), origin: at(column.from?.origin), model: at(column.from?.model) }
    const plain: Made = { kind, origin, ...(model && origin !== 'source' && { model }) }
    return { ...one, plain, own: column.from !== undefined, list: /^(captions|sentences)$/i.test(column.column) }
  })
  if (captions.length === 0 && image < 0) throw new AppError('invalid', `No column of ${table.path} is recognised as a caption or a picture. It has: ${columns.map(shown).join(', ')}. Name them with --caption and --image.`)
  const used = new Set([image, key, width, height, nested, ...captions.flatMap((one) => [one.at, one.kind, one.origin, one.model])])
  const rest = columns.map((name, index) => ({ name, index })).filter(({ name, index }) => !used.has(index) && !rowNumbers.test(name))
  const folder = table.folder ?? ''
  const metaOf = (cells: ArrayLike<unknown>): Record<string, unknown> | undefined => {
    let meta: Record<string, unknown> | undefined
    for (const { name, index } of rest) {
      const value = plain(cells[index])
      if (value === undefined) continue
      meta ??= {}
      // as a plain assignment this name would set the prototype
      if (name === '__proto__') Object.defineProperty(meta, name, { value, enumerable: true, configurable: true, writable: true })
      else meta[name] = value
    }
    const more = nested >= 0 ? nestedMeta(cells[nested]) : []
    // what a release says in a column of its own counts before what the sample came with
    return more.length > 0 ? Object.fromEntries([...more, ...Object.entries(meta ?? {})]) : meta
  }

  return (cells, line) => {
    const found: ImportedCaption[] = []
    let emptyAlt = false
    for (const one of captions) {
      const value = cells[one.at]
      if (value === undefined) continue
      const made = one.own ? captionOf(one, cells) : one.plain
      if (typeof value === 'string' && !one.list) {
        const why = take(found, value, made)
        if (why === empty) emptyAlt ||= made.kind === 'alt'
        else if (why !== undefined) return problemAt(table.path, line, `The caption in column “${shown(one.column.column)}” ${why}.`)
        continue
      }
      for (const text of value === null ? [''] : textsOf(value, one.list)) {
        const why = take(found, text, made)
        if (why === empty) emptyAlt ||= made.kind === 'alt'
        else if (why !== undefined) return problemAt(table.path, line, `The caption in column “${shown(one.column.column)}” ${why}.`)
      }
    }
    const sample: ImportedSample = { key: '', captions: found, at: line === undefined ? { path: table.path } : { path: table.path, line } }
    if (image >= 0) {
      const why = putImage(sample, cells[image], folder)
      if (why !== undefined) return problemAt(table.path, line, why)
      if (!sample.image && sample.missing === undefined && !(key >= 0 && textOf(cells[key]))) return problemAt(table.path, line, `The row names no picture: its column “${shown(columns[image])}” is blank.`)
    }
    const own = key >= 0 ? textOf(cells[key]) : undefined
    sample.key = own || sample.missing || nameOf(sample.image) || `${table.path}#${line ?? 0}`
    const bad = unstorable(sample.key) ?? (sample.key.length > longestKey ? 'is longer than 4,096 characters' : undefined)
    if (bad !== undefined) return problemAt(table.path, line, `The key ${bad}.`)
    const wide = width >= 0 ? sizeOf(cells[width]) : undefined
    const high = height >= 0 ? sizeOf(cells[height]) : undefined
    if (wide !== undefined) sample.width = wide
    if (high !== undefined) sample.height = high
    const meta = metaOf(cells)
    if (meta) sample.meta = meta
    if (emptyAlt && !found.some((caption) => caption.kind === 'alt')) sample.emptyAlt = true
    return sample
  }
}

const problemAt = (path: string, line: number | undefined, problem: string): ImportProblem => (line === undefined ? { problem, path } : { problem, path, line })
const nameOf = (image: ImportedSample['image']) => (image?.place === 'url' ? image.url : image?.place === 'bytes' ? image.name : undefined)

const empty = 'is empty'
type Made = Omit<ImportedCaption, 'text'>

/** Adds a caption unless it is there; returns why it cannot be taken. */
function take(found: ImportedCaption[], text: string, made: Made): string | undefined {
  // most captions begin with a letter: only the others can be blank
  if (text.length === 0 || (text.charCodeAt(0) <= 32 || text.charCodeAt(0) > 127) && text.trim() === '') return empty
  const why = unstorable(text)
  if (why !== undefined) return why
  const badModel = made.model === undefined ? undefined : unstorable(made.model)
  if (badModel !== undefined) return `names a model that ${badModel}`
  for (const other of found) if (other.text === text && other.kind === made.kind && other.origin === made.origin) return undefined
  found.push(made.model === undefined ? { text, kind: made.kind, origin: made.origin } : { text, kind: made.kind, origin: made.origin, model: made.model })
  return undefined
}

type Found = { column: CaptionColumn; kind: number; origin: number; model: number }

function captionOf(one: Found, cells: ArrayLike<unknown>): Made {
  const { column } = one
  const ownKind = one.kind >= 0 ? cells[one.kind] : undefined
  const ownOrigin = one.origin >= 0 ? cells[one.origin] : undefined
  const model = (one.model >= 0 ? textOf(cells[one.model]) : undefined) || column.model
  const origin = isOrigin(ownOrigin) ? ownOrigin : column.origin
  return { kind: kindOf(ownKind, column.kind), origin, ...(model && origin !== 'source' && { model }) }
}

/** What our own tables keep in their column `meta`: an object, or its JSON. */
function nestedMeta(value: unknown): [string, unknown][] {
  let found = value
  if (typeof value === 'string' && value.startsWith('{')) {
    try {
      found = JSON.parse(value)
    } catch {
      return [['meta', value]]
    }
  }
  if (isRecord(found)) return Object.entries(found).flatMap(([name, one]): [string, unknown][] => (one === undefined ? [] : [[name, one]]))
  const kept = plain(found)
  return kept === undefined ? [] : [['meta', kept]]
}

/** Puts the picture of a cell into the sample: a URL, bytes, or a path still to be looked up. Returns why it cannot be used. */
function putImage(sample: ImportedSample, value: unknown, folder: string): string | undefined {
  if (value === null || value === undefined || value === '') return undefined
  if (value instanceof Uint8Array) {
    sample.image = { place: 'bytes', bytes: value }
    return undefined
  }
  if (isRecord(value)) {
    const name = textOf(value.path) || undefined
    if (value.bytes instanceof Uint8Array) {
      sample.image = { place: 'bytes', bytes: value.bytes, ...(name && { name }) }
      return undefined
    }
    return putImage(sample, value.path ?? value.src ?? value.url, folder)
  }
  const text = textOf(value)
  if (text === undefined) return 'The picture is neither a path, a URL nor bytes.'
  if (/^https?:\/\//i.test(text)) {
    const why = unstorable(text)
    if (why) return `The URL of the picture ${why}.`
    sample.image = { place: 'url', url: text }
  } else if (/^data:/i.test(text)) return 'The picture is a data URI. Save it as a file and give its path.'
  else sample.missing = joined(folder, text)
  return undefined
}

/** Looks up the pictures whose path `rowReader` left in `missing`; a path out of the root makes the row a problem. */
export async function withImages(batch: ImportBatch, source: Source): Promise<ImportBatch> {
  if (!batch.some((one) => 'missing' in one)) return batch
  const out: (ImportedSample | ImportProblem)[] = []
  for (const one of batch) {
    if ('problem' in one || one.missing === undefined) {
      out.push(one)
      continue
    }
    try {
      const { missing, ...sample } = one
      const image = await source.image(missing)
      if (image) out.push({ ...sample, image })
      else out.push(one)
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      out.push({ problem: error.message, path: one.at?.path ?? '', ...(one.at?.line !== undefined && { line: one.at.line }) })
    }
  }
  return out
}
