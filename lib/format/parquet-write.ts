import { mkdir, open, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import type { DuckDBAppender } from '@duckdb/node-api'
import { baseOf } from './paths'
import type { Sink } from './types'

/** A cell with a picture: Hugging Face's struct of bytes and name. */
export type PictureCell = { bytes: Uint8Array; path: string }
export type Cell = string | number | PictureCell | null | undefined
export type ParquetColumn = { name: string; type: 'text' | 'integer' | 'picture' }

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`
/** what the appender fills: a picture is two columns until the file is written */
const stored = ({ name, type }: ParquetColumn) => (type === 'picture' ? `${quoted(`${name} bytes`)} BLOB, ${quoted(`${name} path`)} VARCHAR` : `${quoted(name)} ${type === 'integer' ? 'INTEGER' : 'VARCHAR'}`)
const selected = ({ name, type }: ParquetColumn) =>
  type === 'picture' ? `CASE WHEN ${quoted(`${name} bytes`)} IS NULL THEN NULL ELSE {'bytes': ${quoted(`${name} bytes`)}, 'path': ${quoted(`${name} path`)}} END AS ${quoted(name)}` : quoted(name)

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

export type ParquetWriter = { add(row: readonly Cell[]): void; write(sink: Sink, file: string): Promise<void>; close(): void }

/** Writes Parquet files of one schema; a file's rows are held until it is written. One thread, so that the same rows are the same bytes. */
export async function parquetWriter(columns: readonly ParquetColumn[], rowGroup: number): Promise<ParquetWriter> {
  // Loaded when a table is written: a library of 70 MB is no part of starting an import.
  const { DuckDBInstance } = await import('@duckdb/node-api')
  const instance = await DuckDBInstance.create(':memory:', { threads: '1', preserve_insertion_order: 'true' })
  const connection = await instance.connect()
  const fresh = async () => {
    await connection.run(`CREATE OR REPLACE TABLE rows (${columns.map(stored).join(', ')})`)
    return connection.createAppender('rows')
  }
  let appender = await fresh()
  return {
    add(row) {
      for (let at = 0; at < columns.length; at++) append(appender, columns[at].type, row[at])
      appender.endRow()
    },
    async write(sink, file) {
      appender.closeSync()
      const place = sink.file(file)
      const aside = path.join(path.dirname(place), `.${baseOf(file)}.part`)
      await mkdir(path.dirname(place), { recursive: true })
      try {
        await connection.run(`COPY (SELECT ${columns.map(selected).join(', ')} FROM rows) TO '${aside.replaceAll("'", "''")}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE ${rowGroup})`)
        const handle = await open(aside, 'r+')
        await handle.sync()
        await handle.close()
        await rename(aside, place)
      } catch (error) {
        await rm(aside, { force: true })
        throw error
      }
      appender = await fresh()
    },
    close() {
      appender.closeSync()
      connection.closeSync()
      instance.closeSync()
    },
  }
}
