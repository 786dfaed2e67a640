import { isUtf8 } from 'node:buffer'
import { open, type FileHandle } from 'node:fs/promises'
import { parquetMetadataAsync, parquetRead, parquetSchema, type AsyncBuffer, type FileMetaData } from 'hyparquet'
import { compressors } from 'hyparquet-compressors'
import { AppError, messageOf } from '../errors'
import { batchSize } from './lines'
import type { TableBatch, TableRow } from './table'
import type { Source } from './types'

/** rows of one row group; a file that claims more is a bomb, writers make 100 to 1,048,576 */
const mostRows = 5_000_000
/** bytes of one row group, and of the footer, that are read at once */
const mostBytes = 2_000_000_000
const mostFooter = 64_000_000

const bufferOf = (bytes: Uint8Array): ArrayBuffer => {
  const copy = new ArrayBuffer(bytes.byteLength)
  new Uint8Array(copy).set(bytes)
  return copy
}

function fileBuffer(handle: FileHandle, byteLength: number): AsyncBuffer {
  return {
    byteLength,
    async slice(start, end = byteLength) {
      if (start < 0 || end > byteLength || end < start) throw new Error('a part lies outside the file')
      if (end - start > mostBytes) throw new Error('a part is larger than 2 GB')
      const bytes = new Uint8Array(new ArrayBuffer(end - start))
      let done = 0
      while (done < bytes.length) {
        const { bytesRead } = await handle.read(bytes, done, bytes.length - done, start + done)
        if (bytesRead === 0) throw new Error('the file is cut short')
        done += bytesRead
      }
      return bytes.buffer
    },
  }
}

async function withBuffer<T>(source: Source, path: string, rowsIn: (file: AsyncBuffer) => AsyncIterable<T>): Promise<{ batches: AsyncIterable<T>; close: () => Promise<void> }> {
  const place = await source.file(path)
  if (place === undefined) {
    const bytes = bufferOf(await source.read(path))
    return { batches: rowsIn({ byteLength: bytes.byteLength, slice: (start, end) => bytes.slice(start, end) }), close: async () => undefined }
  }
  const handle = await open(place, 'r').catch((error: unknown) => {
    throw new AppError('refused', `${path} cannot be opened: ${messageOf(error)}.`, { cause: error })
  })
  const { size } = await handle.stat()
  return { batches: rowsIn(fileBuffer(handle, size)), close: () => handle.close() }
}

/** What the file says of itself, and the names of its columns. */
async function footerOf(file: AsyncBuffer, path: string): Promise<{ metadata: FileMetaData; columns: readonly string[] }> {
  try {
    if (file.byteLength < 12) throw new Error('it is too short')
    const tail = new DataView(await file.slice(file.byteLength - 8, file.byteLength))
    if (tail.getUint32(4, true) !== 0x31524150) throw new Error('its end is missing')
    const length = tail.getUint32(0, true)
    if (length > mostFooter || length + 12 > file.byteLength) throw new Error('its footer has an impossible length')
    const metadata = await parquetMetadataAsync(file)
    const columns = parquetSchema(metadata).children.map((child) => child.element.name)
    if (!Array.isArray(metadata.row_groups) || !columns.every((name) => typeof name === 'string')) throw new Error('its footer is damaged')
    return { metadata, columns }
  } catch (error) {
    throw new AppError('invalid', `${path} cannot be read as Parquet: ${messageOf(error)}.`, { cause: error })
  }
}

/** Byte columns without a type are text in old files and pictures in others. */
function textual(values: readonly unknown[]): boolean {
  const first = values.find((value) => value instanceof Uint8Array)
  return first instanceof Uint8Array && first.length > 0 && isUtf8(first) && !first.subarray(0, 64).some((byte) => byte < 9)
}

/** Like the reader's own, but a leading mark stays and broken UTF-8 can be told from a real replacement character. */
function stringFromBytes(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const text = buffer.toString('utf8')
  return text.includes('�') && !isUtf8(buffer) ? text.replaceAll('�', '\udc00') : text
}

async function readGroup(file: AsyncBuffer, metadata: FileMetaData, columns: readonly string[], range: { rowStart: number; rowEnd: number }): Promise<readonly (readonly unknown[])[]> {
  const parts = new Map<string, { from: number; data: ArrayLike<unknown> }[]>(columns.map((name) => [name, []]))
  await parquetRead({ file, metadata, columns: [...columns], ...range, compressors, utf8: false, parsers: { stringFromBytes }, onChunk: ({ columnName, columnData, rowStart }) => parts.get(columnName)?.push({ from: rowStart, data: columnData }) })
  return columns.map((name) => {
    const out: unknown[] = new Array(range.rowEnd - range.rowStart).fill(null)
    for (const { from, data } of parts.get(name) ?? []) {
      for (let at = 0; at < data.length; at++) {
        const row = from - range.rowStart + at
        if (row >= 0 && row < out.length) out[row] = data[at]
      }
    }
    if (!textual(out)) return out
    return out.map((value) => (value instanceof Uint8Array ? Buffer.from(value).toString('utf8') : value))
  })
}

async function* groups(file: AsyncBuffer, path: string): AsyncIterable<TableBatch> {
  const { metadata, columns } = await footerOf(file, path)
  let first = 0
  for (const [number, group] of metadata.row_groups.entries()) {
    const rows = Number(group.num_rows)
    const where = `Row group ${number + 1} (rows ${first + 1} to ${first + rows})`
    if (rows < 0 || rows > mostRows || Number(group.total_byte_size) > mostBytes) {
      yield { columns, rows: [{ problem: `${where} claims ${rows} rows and ${group.total_byte_size} bytes; more than can be read at once. Write it with smaller row groups.`, line: first + 1 }] }
      if (rows < 0 || rows > mostRows) return
      first += rows
      continue
    }
    let cells: readonly (readonly unknown[])[] | undefined
    try {
      cells = await readGroup(file, metadata, columns, { rowStart: first, rowEnd: first + rows })
    } catch (error) {
      yield { columns, rows: [{ problem: `${where} cannot be read: ${messageOf(error)}.`, line: first + 1 }] }
    }
    for (let from = 0; cells && from < rows; from += batchSize) {
      const batch: TableRow[] = []
      for (let at = from; at < Math.min(rows, from + batchSize); at++) batch.push({ cells: cells.map((column) => column[at]), line: first + at + 1 })
      yield { columns, rows: batch }
    }
    first += rows
  }
}

/** The rows of a Parquet file, a row group at a time. `line` is the row's number, from 1. */
export async function* parquetRows(source: Source, path: string): AsyncIterable<TableBatch> {
  const { batches, close } = await withBuffer(source, path, (file) => groups(file, path))
  try {
    yield* batches
  } finally {
    await close()
  }
}
