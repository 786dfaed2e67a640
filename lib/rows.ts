import type Database from 'better-sqlite3'

/** Rows of one statement: beyond this nothing is gained, and every statement has at most 32,766 values. */
const MANY = 250

type Value = string | number | bigint | null
export type Inserter = (rows: readonly (readonly Value[])[], same?: Readonly<Record<string, Value>>) => number[]

/**
 * Writes rows 250 to a statement. `each` are the columns that differ from row to row, in the order of a row's values; `same`
 * those that all rows of a call share, which are bound once: with both, a row costs half of what a statement a row costs.
 * Answers the id of each row, which are consecutive within a statement.
 */
export function manyInserter(db: Database.Database, table: string, each: readonly string[], same: readonly string[] = []): Inserter {
  const one = `(${[...each.map(() => '?'), ...same.map((name) => `@${name}`)].join(', ')})`
  const prepare = (count: number) => db.prepare(`INSERT INTO ${table} (${[...each, ...same].join(', ')}) VALUES ${Array(count).fill(one).join(', ')}`)
  const single = prepare(1)
  let many: Database.Statement | undefined
  return (rows, shared) => {
    const put = (statement: Database.Statement, values: readonly Value[]) => Number((shared ? statement.run(values, shared) : statement.run(values)).lastInsertRowid)
    if (rows.length >= MANY) many ??= prepare(MANY)
    const ids: number[] = []
    let at = 0
    for (; many && at + MANY <= rows.length; at += MANY) {
      const last = put(many, rows.slice(at, at + MANY).flat())
      for (let id = last - MANY + 1; id <= last; id++) ids.push(id)
    }
    for (; at < rows.length; at++) ids.push(put(single, rows[at]))
    return ids
  }
}

/** The id that the table's next row will have; within a write transaction nobody else takes it. */
export const nextId = (db: Database.Database, table: string): number => ((db.prepare('SELECT seq FROM sqlite_sequence WHERE name = ?').pluck().get(table) as number | undefined) ?? 0) + 1
