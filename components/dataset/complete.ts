import { REJECT_REASONS } from '@/lib/review/schema'
import { FIELDS, fieldSpec } from '@/lib/sample/fields'
import { term } from '@/lib/sample/filter'

export type Known = Readonly<Partial<Record<string, readonly { value: string; count: number }[]>>>
/** `text` takes the place of what stands from `from` to `to`; `more`: something must follow it. */
export type Completion = { text: string; says: string; count?: number; more: boolean }
export type Completions = { from: number; to: number; options: Completion[] }

const MOST = 12
const none: Completions = { from: 0, to: 0, options: [] }

function valuesFor(field: string, known: Known): readonly { value: string; count?: number }[] {
  const spec = fieldSpec(field)
  if (!spec) return []
  const counted = known[field === 'missing' ? 'kind' : field] ?? []
  if (field === 'missing') return counted.map(({ value }) => ({ value }))
  const fixed = field === 'reason' ? REJECT_REASONS.map((reason) => reason.id) : spec.type === 'yesno' ? ['yes', 'no'] : (spec.values ?? [])
  return [...counted, ...fixed.filter((value) => !counted.some((one) => one.value === value)).map((value) => ({ value }))]
}

/** What can stand at the cursor: names of fields, and after a colon the values that the data holds. */
export function completionsAt(draft: string, cursor: number, known: Known): Completions {
  const before = draft.slice(0, cursor)
  const quotes = before.match(/(?<!\\)"/g)?.length ?? 0
  // Inside quotation marks only a value that was begun as `field:"` is completed.
  const open = quotes % 2 === 1
  const token = (open ? /[A-Za-z][\w.-]*:"[^"]*$/ : /[^\s()"]*$/).exec(before)
  if (!token || (!open && /^\S/.test(draft.slice(cursor)) && !/^[)"]/.test(draft.slice(cursor)))) return none
  const sign = token[0].startsWith('-') ? 1 : 0
  const from = token.index + sign
  const typed = token[0].slice(sign)
  const colon = typed.indexOf(':')
  if (colon < 0) {
    if (typed === '') return none
    const names = [...FIELDS.map((field) => field.name), ...Object.keys(known).filter((name) => name.startsWith('meta.'))]
    const options = names.filter((name) => name.startsWith(typed.toLowerCase())).map((name) => ({ text: `${name}:`, says: fieldSpec(name)?.says ?? '', more: true }))
    return { from, to: cursor, options: options.slice(0, MOST) }
  }
  const field = typed.slice(0, colon)
  const part = typed.slice(colon + 1).replaceAll('"', '').toLowerCase()
  const fits = valuesFor(field, known).filter(({ value }) => value.toLowerCase().includes(part))
  if (fits.length === 1 && fits[0].value.toLowerCase() === part) return none
  return { from, to: open && draft[cursor] === '"' ? cursor + 1 : cursor, options: fits.slice(0, MOST).map(({ value, count }) => ({ text: term(field, value), says: '', count, more: false })) }
}
