import { AppError } from '../errors'
import { headerOf } from './columns'
import { cellOf, isFault, RowSplitter, type Row, type RowFault } from './delimited'
import { batchSize } from './lines'
import { extensionOf } from './paths'
import { altBeside, modelOfChosen, picturePlacer, stableJson } from './placed'
import { columnsOf, samplesOf, type TableBatch, type TableRow } from './table'
import { decoded } from './text'
import type { Format, Mapping, ReleasedSample, Source, WriteOptions } from './types'

async function* rowBatches(stream: AsyncIterable<Uint8Array>, delimiter: string, quoted: boolean): AsyncIterable<readonly (Row | RowFault)[]> {
  const splitter = new RowSplitter(delimiter, quoted)
  let out: (Row | RowFault)[] = []
  for await (const chunk of decoded(stream)) {
    splitter.push(chunk, out)
    for (let at = 0; at < out.length; at += batchSize) yield out.slice(at, at + batchSize)
    out = []
  }
  splitter.push('', out, true)
  if (out.length > 0) yield out
}

/** The first row, to tell the columns by. */
async function firstRow(source: Source, path: string, delimiter: string): Promise<readonly string[] | undefined> {
  for await (const rows of rowBatches(source.stream(path), delimiter, delimiter !== '\0')) {
    const row = rows.find((one): one is Row => !isFault(one))
    return row?.cells
  }
  return undefined
}

/** A csv by name may hold tabs (open_clip) or semicolons; its first line tells. */
async function delimiterOf(source: Source, path: string, usual: string): Promise<string> {
  const [line] = (await firstRow(source, path, '\0')) ?? ['']
  if (line.includes(usual)) return usual
  return ['\t', ';', '|', ','].find((mark) => line.includes(mark)) ?? usual
}

export async function* tableOf(source: Source, path: string, usual: string, mapping: Mapping): AsyncIterable<TableBatch> {
  const delimiter = await delimiterOf(source, path, usual)
  const first = await firstRow(source, path, delimiter)
  if (!first) return
  const { columns, header } = headerOf(first, mapping)
  // tables without a header (CC3M, CC12M) are plain tab-separated text: a quote there is a quote
  const quoted = header || delimiter !== '\t'
  let skip = header
  for await (const batch of rowBatches(source.stream(path), delimiter, quoted)) {
    const rows: TableRow[] = []
    for (const row of batch) {
      if (skip && !isFault(row)) skip = false
      else if (isFault(row) || row.cells.length === columns.length) rows.push(row)
      else rows.push({ problem: `The line has ${row.cells.length} cells; the table has ${columns.length} columns.`, line: row.line })
    }
    yield { columns, rows }
  }
}

const header = ['key', 'image', 'url', 'text', 'kind', 'origin', 'model', 'alt', 'width', 'height', 'split', 'meta']

function cellsOf(sample: ReleasedSample, image: string | undefined): (string | number | undefined)[] {
  const meta = sample.meta && Object.keys(sample.meta).length > 0 ? stableJson(sample.meta) : undefined
  return [sample.key, image, sample.url, sample.chosen.text, sample.chosen.kind, sample.chosen.origin, modelOfChosen(sample), altBeside(sample), sample.width, sample.height, sample.split, meta]
}

/** The formats csv and tsv differ in one character. */
export function delimitedFormat(format: { id: 'csv' | 'tsv'; label: string; delimiter: ',' | '\t' }): Format {
  const { id, delimiter } = format
  const isTable = (path: string) => extensionOf(path) === id || (id === 'tsv' && extensionOf(path) === 'tab')
  const tables = async (source: Source) => (await source.paths()).filter(isTable)
  return {
    id,
    label: format.label,
    references: true,
    carries: ['key', 'text', 'kind', 'origin', 'model', 'size', 'meta', 'url', 'split', 'image'],
    detect: (paths) => (paths.some(isTable) ? 0.6 : 0),
    async columns(source) {
      const [path] = await tables(source)
      return path === undefined ? { columns: [], rows: [], guess: {} } : columnsOf(tableOf(source, path, delimiter, source.mapping), source.mapping)
    },
    async *read(source) {
      for (const path of await tables(source)) {
        let any = false
        for await (const batch of samplesOf(source, { path }, tableOf(source, path, delimiter, source.mapping))) {
          any = true
          yield batch
        }
        if (!any) yield [{ problem: 'The table has no rows.', path }]
      }
    },
    async write(batches, sink, options: WriteOptions = {}) {
      const place = picturePlacer(sink)
      const profile = options.profile ?? 'exact'
      const line = (cells: readonly (string | number | undefined)[]) => cells.map((cell) => (cell === undefined ? '' : typeof cell === 'number' ? String(cell) : cellOf(cell, delimiter, profile))).join(delimiter)
      await sink.write(`data.${id}`, lines())
      async function* lines() {
        yield `${line(header)}\n`
        for await (const batch of batches) {
          let out = ''
          for (const sample of batch) {
            if (sample.chosen.text.trim() === '') throw new AppError('invalid', `The sample “${sample.key}” has no caption to write.`)
            out += `${line(cellsOf(sample, sample.image ? await place(sample) : sample.reference))}\n`
          }
          yield out
        }
      }
    },
  }
}
