/** Names under which sources say the licence of one picture. */
const COLUMN = /^licen[cs]e(?:_?name)?$/i

/** The licence a sample came with, as its source wrote it; undefined where it says none. A number is some list's own, and no licence. */
export function licenceOf(meta: Readonly<Record<string, unknown>> | undefined): string | undefined {
  for (const [name, value] of Object.entries(meta ?? {})) if (COLUMN.test(name) && typeof value === 'string' && value.trim() !== '') return value.trim().slice(0, 200)
  return undefined
}
