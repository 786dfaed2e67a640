import { mkdir, rm } from 'node:fs/promises'
import path from 'node:path'
import type { DuckDBAppender, DuckDBConnection } from '@duckdb/node-api'
import type { Sink } from './types'

/** A cell with a picture: Hugging Face's struct of bytes and name. */
export type PictureCell = { bytes: Uint8Array; path: string }
export type Cell = string | number | PictureCell | null | undefined
export type ParquetColumn = { name: string; type: 'text' | 'integer' | 'picture' }

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`
/** what the appender fills: a picture is two columns until the file is written */
const stored = ({ name, type }: ParquetColumn): readonly string[] => (type === 'picture' ? [`${quoted(`${name} bytes`)} BLOB`, `${quoted(`${name} path`)} VARCHAR`] : [`${quoted(name)} ${TYPES[type]}`])
const selected = ({ name, type }: ParquetColumn) =>
  type === 'picture' ? `CASE WHEN ${quoted(`${name} bytes`)} IS NULL THEN NULL ELSE {'bytes': ${quoted(`${name} bytes`)}, 'path': ${quoted(`${name} path`)}} END AS ${quoted(name)}` : quoted(name)
const nothing = ({ name, type }: ParquetColumn) => `CAST(NULL AS ${TYPES[type]}) AS ${quoted(name)}`
const TYPES = { text: 'VARCHAR', integer: 'INTEGER', picture: 'STRUCT(bytes BLOB, path VARCHAR)' } as const

function append(appender: DuckDBAppender, type: ParquetColumn['type'], cell: Cell): void {
  if (type === 'picture') {
    if (typeof cell === 'object' && cell !== null) {
      appender.appendBlob(cell.bytes)
      appender.appendVarchar(cell.path)
    } else {
      appender.appendNull()
      appender.appendNull()
    }
  } else if (cell === null || cell === undefined || typeof cell === 'object') appender.appendNull()
  else if (type === 'integer') appender.appendInteger(Number(cell))
  else appender.appendVarchar(String(cell))
}

export type ParquetWriter = {
  /** Each row with a cell for every column, in their order; the first column is in every row. */
  add(rows: readonly (readonly Cell[])[]): Promise<void>
  /** Gives the rows so far to a file, which is written while the next rows come in. */
  write(sink: Sink, file: string): Promise<void>
  /** Waits for the last file. */
  end(): Promise<void>
  close(): void
}

async function copied(connection: DuckDBConnection, select: string, place: string, rowGroup: number): Promise<void> {
  await mkdir(path.dirname(place), { recursive: true })
  try {
    await connection.run(`COPY (${select}) TO '${place.replaceAll("'", "''")}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE ${rowGroup})`)
  } catch (error) {
    await rm(place, { force: true })
    throw error
  }
}

/** A table being filled. A column is in it from the first row on that fills it: of twelve most releases fill seven. */
async function tableOf(connection: DuckDBConnection, name: string, columns: readonly ParquetColumn[]) {
  const filled = [0]
  await connection.run(`CREATE OR REPLACE TABLE ${name} (${stored(columns[0]).join(', ')})`)
  let appender = await connection.createAppender(name)
  return {
    async add(rows: readonly (readonly Cell[])[]) {
      const more = [...columns.keys()].filter((i) => !filled.includes(i) && rows.some((row) => row[i] !== null && row[i] !== undefined))
      if (more.length > 0) {
        appender.closeSync()
        for (const column of more.flatMap((i) => stored(columns[i]))) await connection.run(`ALTER TABLE ${name} ADD COLUMN ${column}`)
        filled.push(...more)
        appender = await connection.createAppender(name)
      }
      for (const row of rows) {
        for (const i of filled) append(appender, columns[i].type, row[i])
        appender.endRow()
      }
    },
    /** Ends the filling; the select has all columns in their order. */
    select() {
      appender.closeSync()
      return `SELECT ${columns.map((column, i) => (filled.includes(i) ? selected(column) : nothing(column))).join(', ')} FROM ${name}`
    },
    close: () => appender.closeSync(),
  }
}

/**
 * Writes Parquet files of one schema. The rows of two files at most are held: one is being written, one is being filled.
 * One thread a file, so that the same rows are the same bytes.
 */
export async function parquetWriter(columns: readonly ParquetColumn[], rowGroup: number): Promise<ParquetWriter> {
  // Loaded when a table is written: a library of 70 MB is no part of starting an import.
  const { DuckDBInstance } = await import('@duckdb/node-api')
  const instance = await DuckDBInstance.create(':memory:', { threads: '1', preserve_insertion_order: 'true' })
  const sides = [await instance.connect(), await instance.connect()]
  let at = 0
  const fresh = () => tableOf(sides[at], `rows${at}`, columns)
  let table = await fresh()
  // Holds a failure until the next call asks for it: a rejection that nobody awaits would end the process.
  let writing: Promise<() => void> = Promise.resolve(() => undefined)
  const written = async () => (await writing)()
  return {
    add: (rows) => table.add(rows),
    async write(sink, file) {
      const select = table.select()
      await written()
      writing = copied(sides[at], select, sink.file(file), rowGroup).then(
        () => () => undefined,
        (error: unknown) => () => {
          throw error
        },
      )
      at = 1 - at
      table = await fresh()
    },
    end: written,
    close() {
      table.close()
      for (const side of sides) side.closeSync()
      instance.closeSync()
    },
  }
}
