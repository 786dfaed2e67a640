import type { ProblemRow } from './problem-store'

export const PROBLEM_FILES = { csv: 'text/csv; charset=utf-8', json: 'application/json' } as const
export type ProblemFile = keyof typeof PROBLEM_FILES

const COLUMNS = ['import', 'source', 'path', 'line', 'why'] as const
const cells = (row: ProblemRow) => ({ import: row.importId, source: row.source, path: row.path, line: row.line, why: row.why })
/** A spreadsheet takes a cell that begins like this for a formula. */
const FORMULA = /^[=+\-@\t\r]/
const quoted = (value: string | number | null) => {
  const text = String(value ?? '')
  return typeof value === 'string' ? `"${(FORMULA.test(text) ? `'${text}` : text).replaceAll('"', '""')}"` : text
}

/** Problems as a file: a CSV table with a header, or one JSON array. */
export async function* problemFile(format: ProblemFile, chunks: AsyncIterable<readonly ProblemRow[]>): AsyncGenerator<string> {
  let first = true
  yield format === 'csv' ? `${COLUMNS.join(',')}\r\n` : '['
  for await (const rows of chunks) {
    if (format === 'csv') yield rows.map((row) => `${Object.values(cells(row)).map(quoted).join(',')}\r\n`).join('')
    else yield `${first ? '\n' : ',\n'}${rows.map((row) => JSON.stringify(cells(row))).join(',\n')}`
    first = false
  }
  if (format === 'json') yield '\n]\n'
}
