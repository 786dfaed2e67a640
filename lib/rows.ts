import type Database from 'better-sqlite3'

/** Rows of one statement: beyond this nothing is gained, and every statement has at most 32,766 values. */
const MANY = 50

/**
 * Writes rows fifty to a statement, which costs three fifths of a statement a row. `into`: `Table (column, …)`. Answers the id of
 * each row, which are consecutive within a statement.
 */
export function manyInserter(db: Database.Database, into: string, columns: number): (rows: readonly (readonly unknown[])[]) => number[] {
  const one = `(${Array(columns).fill('?').join(', ')})`
  const single = db.prepare(`INSERT INTO ${into} VALUES ${one}`)
  let many: Database.Statement | undefined
  return (rows) => {
    if (rows.length >= MANY) many ??= db.prepare(`INSERT INTO ${into} VALUES ${Array(MANY).fill(one).join(', ')}`)
    const ids: number[] = []
    let at = 0
    for (; many && at + MANY <= rows.length; at += MANY) {
      const last = Number(many.run(rows.slice(at, at + MANY).flat()).lastInsertRowid)
      for (let id = last - MANY + 1; id <= last; id++) ids.push(id)
    }
    for (; at < rows.length; at++) ids.push(Number(single.run(...rows[at]).lastInsertRowid))
    return ids
  }
}

/** The id that the table's next row will have; within a write transaction nobody else takes it. */
export const nextId = (db: Database.Database, table: string): number => ((db.prepare('SELECT seq FROM sqlite_sequence WHERE name = ?').pluck().get(table) as number | undefined) ?? 0) + 1
