import { AppError } from '../errors'
import { mappingFor } from './columns'
import { rowReader, withImages, type RowReader } from './row'
import type { ImportBatch, ImportedSample, ImportProblem, Mapping, Source } from './types'

/** Rows of a table as they come out of its parser: cells in the order of `columns`, or what was wrong. */
export type TableRow = { cells: ArrayLike<unknown>; line: number } | { problem: string; line: number }
export type TableBatch = { columns: readonly string[]; rows: readonly TableRow[] }

/** `folder` is where a table's paths start; `adjust` has the last word on the mapping. */
export type Table = { path: string; folder?: string; adjust?: (columns: readonly string[], mapping: Mapping) => Mapping }

/** Turns the rows of one table into samples, by the source's mapping and the guess. */
export async function* samplesOf(source: Source, table: Table, batches: AsyncIterable<TableBatch>): AsyncIterable<ImportBatch> {
  let columns: readonly string[] | undefined
  let reader: RowReader | undefined
  for await (const batch of guarded(source, table.path, batches)) {
    if (!('columns' in batch)) {
      yield [batch]
      continue
    }
    if (batch.columns !== columns || !reader) {
      columns = batch.columns
      const mapping = mappingFor(columns, source.mapping)
      reader = rowReader(columns, table.adjust ? table.adjust(columns, mapping) : mapping, table)
    }
    const out: (ImportedSample | ImportProblem)[] = []
    for (const row of batch.rows) {
      if ('problem' in row) out.push({ problem: row.problem, path: table.path, line: row.line })
      else out.push(reader(row.cells, row.line))
    }
    yield await withImages(out, source)
  }
}

/** One of several files that cannot be read on is a problem; the only one ends the reading. */
async function* guarded(source: Source, path: string, batches: AsyncIterable<TableBatch>): AsyncIterable<TableBatch | ImportProblem> {
  try {
    yield* batches
  } catch (error) {
    if (!(error instanceof AppError) || (await source.paths()).length === 1) throw error
    yield { problem: error.message, path }
  }
}

/** The columns of a table with up to ten rows and the guessed mapping, for a person to correct. */
export async function columnsOf(batches: AsyncIterable<TableBatch>, mapping: Mapping = {}): Promise<{ columns: readonly string[]; rows: readonly (readonly unknown[])[]; guess: Mapping }> {
  let columns: readonly string[] = []
  const rows: unknown[][] = []
  for await (const batch of batches) {
    columns = batch.columns
    for (const row of batch.rows) if ('cells' in row && rows.length < 10) rows.push(Array.from(row.cells).map(shownCell))
    if (rows.length >= 10) break
  }
  return { columns, rows, guess: mappingFor(columns, mapping) }
}

const shownCell = (cell: unknown): unknown => {
  if (cell instanceof Uint8Array) return `${cell.length} bytes`
  if (typeof cell === 'bigint') return String(cell)
  if (typeof cell === 'object' && cell !== null && 'bytes' in cell && cell.bytes instanceof Uint8Array) return `${cell.bytes.length} bytes`
  return typeof cell === 'string' && cell.length > 500 ? `${cell.slice(0, 500)}…` : cell
}
