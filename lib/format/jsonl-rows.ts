import { isRecord } from './guards'
import { longestLine, lineBatches, type Line } from './lines'
import type { TableBatch, TableRow } from './table'

const deepest = 64
/** names over all lines; a file with more has a name per row, which is data in the wrong place */
const mostColumns = 2000

/** Whether a JSON value is nested deeper than 64 levels. */
export function tooDeep(value: unknown, level = 0): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (level >= deepest) return true
  for (const one of Array.isArray(value) ? value : Object.values(value)) if (typeof one === 'object' && one !== null && tooDeep(one, level + 1)) return true
  return false
}

/** One line as a JSON object, or why it is none. */
export function objectOf({ text, tooLong, line }: Line): { object: Record<string, unknown> } | { problem: string; line: number } {
  if (tooLong) return { problem: `The line is longer than ${longestLine.toLocaleString('en')} characters.`, line }
  try {
    const value: unknown = JSON.parse(text)
    if (!isRecord(value)) return { problem: 'The line is not a JSON object.', line }
    // a row of a release holds the source's columns two levels further down
    if (tooDeep(value, isRecord(value.chosen) ? -2 : 0)) return { problem: `The JSON is nested deeper than ${deepest} levels.`, line }
    return { object: value }
  } catch (error) {
    return { problem: `The line is not valid JSON: ${error instanceof Error ? error.message.slice(0, 160) : 'unreadable'}`, line }
  }
}

/** The objects of a JSON lines stream as table rows. Columns are those of the first thousand lines, later ones are added as they appear. */
export async function* jsonlRows(stream: AsyncIterable<Uint8Array>): AsyncIterable<TableBatch> {
  let columns: readonly string[] = []
  let index = new Map<string, number>()
  for await (const lines of lineBatches(stream)) {
    const parsed = lines.map((line) => ({ line: line.line, read: objectOf(line) }))
    const found = new Set<string>()
    for (const { read } of parsed) if ('object' in read) for (const name in read.object) if (!index.has(name) && index.size + found.size < mostColumns) found.add(name)
    if (found.size > 0) {
      columns = [...columns, ...found]
      index = new Map(columns.map((name, at) => [name, at]))
    }
    const rows = parsed.map(({ line, read }): TableRow => {
      if (!('object' in read)) return read
      const cells: unknown[] = new Array(columns.length).fill(undefined)
      for (const name in read.object) {
        const at = index.get(name)
        if (at === undefined) return { problem: `The file has more than ${mostColumns} different names; “${name.slice(0, 60)}” is one too many.`, line }
        cells[at] = read.object[name]
      }
      return { cells, line }
    })
    yield { columns, rows }
  }
}
