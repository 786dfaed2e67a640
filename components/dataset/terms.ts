import { isAppError } from '@/lib/errors'
import { describeFilter, formatFilter, parseFilter, type Compare, type Filter } from '@/lib/sample/filter'

export type Chip = { text: string; says: string; /** the filter without this part */ without: string }
export type Read = { filter: Filter } | { filter?: undefined; why: string; position: number }

/** Reads a filter as a person types it; what is wrong comes back with its place instead of being thrown. */
export function readFilter(text: string): Read {
  try {
    return { filter: parseFilter(text) }
  } catch (error) {
    if (!isAppError(error)) throw error
    const position = error.detail?.position
    return { why: error.message, position: typeof position === 'number' ? position : 0 }
  }
}

const partsOf = (filter: Filter): readonly Filter[] => (filter.is === 'and' ? filter.parts : [filter])
const join = (parts: readonly Filter[]): string => formatFilter(parts.length === 1 ? parts[0] : { is: 'and', parts })
const topParts = (text: string): readonly Filter[] => {
  const read = readFilter(text)
  return read.filter ? partsOf(read.filter) : []
}

/** The parts that must all hold, each removable. A filter that cannot be read has none. */
export function chipsOf(text: string): Chip[] {
  const parts = topParts(text)
  return parts.map((part, i) => ({ text: join([part]), says: describeFilter(part), without: join(parts.filter((_, at) => at !== i)) }))
}

export const hasTerm = (text: string, term: string): boolean => {
  const wanted = topParts(term).map((part) => join([part]))
  const there = new Set(topParts(text).map((part) => join([part])))
  return wanted.length > 0 && wanted.every((one) => there.has(one))
}

/** Adds a term, or takes it out when it is there already. */
export function toggleTerm(text: string, term: string): string {
  const wanted = topParts(term)
  const names = new Set(wanted.map((part) => join([part])))
  const parts = topParts(text)
  return hasTerm(text, term) ? join(parts.filter((part) => !names.has(join([part])))) : join([...parts, ...wanted])
}

const fieldOf = (filter: Filter): string | undefined => (filter.is === 'field' ? filter.field.name : undefined)

/** Puts a term in the place of every other condition on the same fields; the same term again takes it out. */
export function replaceTerm(text: string, term: string): string {
  const wanted = topParts(term)
  const fields = new Set(wanted.map(fieldOf))
  const others = topParts(text).filter((part) => fieldOf(part) === undefined || !fields.has(fieldOf(part)))
  return hasTerm(text, term) ? join(others) : join([...others, ...wanted])
}

/** A number range as terms: `words:>=4 words:<8`; without an upper end the first alone. */
export const rangeTerm = (field: string, from: number, to: number | null): string => (to === null ? `${field}:>=${from}` : `${field}:>=${from} ${field}:<${to}`)

/** The range that a filter sets on a number field, `to` exclusive; undefined when it sets none. */
export function rangeOf(text: string, field: string): { from: number; to: number } | undefined {
  const range = { from: -Infinity, to: Infinity }
  const narrow: Record<Compare, (value: number) => void> = {
    '>=': (value) => (range.from = Math.max(range.from, value)),
    '>': (value) => (range.from = Math.max(range.from, value + 1)),
    '<': (value) => (range.to = Math.min(range.to, value)),
    '<=': (value) => (range.to = Math.min(range.to, value + 1)),
    '=': (value) => Object.assign(range, { from: value, to: value + 1 }),
  }
  let set = false
  for (const part of topParts(text)) {
    if (part.is !== 'field' || part.field.name !== field) continue
    narrow[part.compare](Number(part.value))
    set = true
  }
  return set ? range : undefined
}

/** The value that a filter asks of a field at its top, if it asks for one. */
export function valueOf(text: string, field: string): string | undefined {
  const part = topParts(text).find((one) => fieldOf(one) === field)
  return part?.is === 'field' ? part.value : undefined
}

/** A filter for exactly these samples. */
export const onlyThese = (ids: readonly number[]): string => ids.map((id) => `id:${id}`).join(' OR ')
