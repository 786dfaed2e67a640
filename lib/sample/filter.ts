import { AppError } from '@/lib/errors'
import { FIELDS, fieldSpec, type FieldSpec } from './fields'

export type Compare = '<' | '<=' | '>' | '>=' | '='
export type Filter =
  | { is: 'and' | 'or'; parts: readonly Filter[] }
  | { is: 'not'; part: Filter }
  | { is: 'text'; text: string }
  | { is: 'field'; field: FieldSpec; compare: Compare; value: string }

/** Matches every sample. */
export const emptyFilter: Filter = { is: 'and', parts: [] }

const MAX_LENGTH = 10_000
const MAX_DEPTH = 50

const wrong = (position: number, why: string) => new AppError('invalid', `Filter, character ${position + 1}: ${why}`, { detail: { position } })

type Token = { kind: 'open' | 'close' | 'or' | 'and' | 'not' | 'term'; at: number; text: string; quoted?: boolean; field?: string; fieldAt?: number }

function quoted(input: string, at: number): { text: string; end: number } {
  let text = ''
  for (let i = at + 1; i < input.length; i++) {
    if (input[i] === '\\' && i + 1 < input.length) text += input[++i]
    else if (input[i] === '"') return { text, end: i + 1 }
    else text += input[i]
  }
  throw wrong(at, 'this quotation mark is never closed. Add a “"” at its end.')
}

function tokens(input: string): Token[] {
  const found: Token[] = []
  let i = 0
  const bare = () => {
    const from = i
    while (i < input.length && !/[\s()"]/.test(input[i])) i++
    return input.slice(from, i)
  }
  while (i < input.length) {
    const at = i
    const c = input[i]
    if (/\s/.test(c)) i++
    else if (c === '(' || c === ')') found.push({ kind: c === '(' ? 'open' : 'close', at: i++, text: c })
    else if (c === '-' && i + 1 < input.length && !/[\s)]/.test(input[i + 1])) found.push({ kind: 'not', at: i++, text: '-' })
    else if (c === '"') {
      const { text, end } = quoted(input, i)
      i = end
      found.push({ kind: 'term', at, text, quoted: true })
    } else {
      let word = bare()
      let field: string | undefined
      if (word === 'meta.' && input[i] === '"') {
        const name = quoted(input, i)
        if (input[name.end] !== ':') throw wrong(name.end, 'after the name of a column comes a colon and a value, e.g. meta."a name":value.')
        i = name.end + 1
        field = word + name.text
        word = bare()
      } else {
        const colon = /^(meta\.[^:]+|[A-Za-z][\w.-]*):(?!\/\/)/.exec(word)
        field = colon?.[1]
        word = word.slice(colon?.[0].length ?? 0)
      }
      if (field !== undefined) {
        const valueAt = i - word.length
        const wasQuoted = /^([<>]=?|=)?$/.test(word) && input[i] === '"'
        if (wasQuoted) {
          const value = quoted(input, i)
          i = value.end
          word += value.text
        }
        found.push({ kind: 'term', at: valueAt, text: word, field, fieldAt: at, quoted: wasQuoted })
      } else if (word === 'OR' || word === 'AND' || word === 'NOT') found.push({ kind: word.toLowerCase() as 'or' | 'and' | 'not', at, text: word })
      else found.push({ kind: 'term', at, text: word })
    }
  }
  return found
}

const YES = ['yes', 'true', '1']
const NO = ['no', 'false', '0']

function fieldTerm(token: Token & { field: string; fieldAt: number }): Filter {
  const field = fieldSpec(token.field)
  if (!field) throw wrong(token.fieldAt, `there is no field “${token.field}”. There are: ${FIELDS.map((one) => one.name).join(', ')}, meta.<column>.`)
  const [, compare = '=', value] = /^(<=|>=|<|>|=)?([\s\S]*)$/.exec(token.text) as unknown as [string, Compare | undefined, string]
  if (!value) throw wrong(token.at, `“${field.name}:” needs a value after the colon.`)
  if (compare !== '=' && field.type !== 'number' && !field.name.startsWith('meta.')) throw wrong(token.at, `“${field.name}” cannot be compared with “${compare}”; write ${field.name}:value.`)
  if (field.type === 'number' && !/^-?\d+(\.\d+)?$/.test(value)) throw wrong(token.at, `“${field.name}” takes a number, e.g. ${field.name}:>=10; “${value}” is none.`)
  if (field.values && !field.values.includes(value)) throw wrong(token.at, `“${field.name}” is one of ${field.values.join(', ')}; “${value}” is none.`)
  if (field.type === 'yesno' && ![...YES, ...NO].includes(value)) throw wrong(token.at, `“${field.name}” is yes or no; “${value}” is neither.`)
  return { is: 'field', field, compare: compare ?? '=', value: field.type === 'yesno' ? (YES.includes(value) ? 'yes' : 'no') : value }
}

/**
 * Reads a filter: bare words and "phrases" search captions; `field:value`; comparisons `words:<4 width:>=512`; AND (also a
 * space), OR, NOT or `-`, parentheses; `meta."a name":value` for columns named with spaces. Throws 'invalid' with `detail.position` (0-based) at the character that is wrong.
 */
export function parseFilter(input: string): Filter {
  if (input.length > MAX_LENGTH) throw wrong(MAX_LENGTH, `a filter has at most ${MAX_LENGTH.toLocaleString('en')} characters; save lists of keys as a column instead.`)
  const list = tokens(input)
  let i = 0
  const many = (is: 'and' | 'or', parts: Filter[]): Filter => (parts.length === 1 ? parts[0] : { is, parts })

  function either(depth: number): Filter {
    const parts = [both(depth)]
    while (list[i]?.kind === 'or') {
      i++
      parts.push(both(depth))
    }
    return many('or', parts)
  }
  function both(depth: number): Filter {
    const parts = [single(depth)]
    for (;;) {
      const next = list[i]
      if (!next || next.kind === 'close' || next.kind === 'or') return many('and', parts)
      if (next.kind === 'and') i++
      parts.push(single(depth))
    }
  }
  function single(depth: number): Filter {
    const token = list[i]
    const before = list[i - 1]
    if (!token) throw wrong(input.length, before ? `something is missing after “${before.text}”.` : 'the filter is empty.')
    if (depth > MAX_DEPTH) throw wrong(token.at, `parentheses go deeper than ${MAX_DEPTH}.`)
    i++
    if (token.kind === 'not') return { is: 'not', part: single(depth + 1) }
    if (token.kind === 'open') {
      const inside = either(depth + 1)
      if (list[i]?.kind !== 'close') throw wrong(token.at, 'this parenthesis is never closed. Add a “)”.')
      i++
      return inside
    }
    if (token.kind !== 'term') throw wrong(token.at, `“${token.text}” cannot stand here.`)
    if (token.field !== undefined && token.fieldAt !== undefined) return fieldTerm({ ...token, field: token.field, fieldAt: token.fieldAt })
    return { is: 'text', text: token.text }
  }

  if (list.length === 0) return emptyFilter
  const filter = either(0)
  if (i < list.length) throw wrong(list[i].at, `“${list[i].text}” cannot stand here.`)
  return filter
}

const inQuotes = (text: string) => `"${text.replace(/["\\]/g, '\\$&')}"`
const quote = (text: string) => (/[\s()":]|^-|^\/\/|^(AND|OR|NOT)$/.test(text) || text === '' ? inQuotes(text) : text)
const nameOf = (field: FieldSpec) => (/[\s()":]/.test(field.name) ? `meta.${inQuotes(field.name.slice(5))}` : field.name)

/** The filter as text again; `parseFilter(formatFilter(f))` means the same. */
export function formatFilter(filter: Filter): string {
  if (filter.is === 'text') return quote(filter.text)
  if (filter.is === 'field') return `${nameOf(filter.field)}:${filter.compare === '=' && !/^[<>=]/.test(filter.value) ? '' : filter.compare}${quote(filter.value)}`
  if (filter.is === 'not') return `NOT ${filter.part.is === 'and' || filter.part.is === 'or' ? `(${formatFilter(filter.part)})` : formatFilter(filter.part)}`
  return filter.parts.map((part) => (part.is === 'and' || part.is === 'or' ? `(${formatFilter(part)})` : formatFilter(part))).join(filter.is === 'or' ? ' OR ' : ' ')
}

/** `field:value`, with quotation marks where name or value need them. The field is one that there is. */
export const term = (name: string, value: string): string => formatFilter({ is: 'field', field: fieldSpec(name)!, compare: '=', value })

const COMPARE = { '<': 'below', '<=': 'at most', '>': 'above', '>=': 'at least', '=': '' } as const

/** The filter in words, for titles and plans. */
export function describeFilter(filter: Filter): string {
  if (filter.is === 'text') return `a caption says “${filter.text}”`
  if (filter.is === 'field') return filter.field.type === 'yesno' ? `${filter.value === 'no' ? 'not ' : ''}${filter.field.says}` : [filter.field.says, COMPARE[filter.compare], filter.value].filter(Boolean).join(' ')
  if (filter.is === 'not') return `not (${describeFilter(filter.part)})`
  return filter.parts.length === 0 ? 'all samples' : filter.parts.map(describeFilter).join(filter.is === 'or' ? ', or ' : ', ')
}
