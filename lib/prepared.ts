import { bulk } from './db'

type Connection = ReturnType<typeof bulk>
const prepare = (connection: Connection, sql: string) => connection.prepare<unknown[]>(sql)
type Statement = ReturnType<typeof prepare>
const kept = new WeakMap<Connection, Map<string, Statement>>()

/** A statement that is prepared once a connection: preparing costs more than most of these statements do. Not for iterating. */
export function prepared(sql: string): Statement {
  const connection = bulk()
  const statements = kept.get(connection) ?? new Map<string, Statement>()
  kept.set(connection, statements)
  const statement = statements.get(sql) ?? prepare(connection, sql)
  statements.set(sql, statement)
  return statement
}

/** The first column of the first row, or undefined. */
export const valueOf = <T>(sql: string, ...values: unknown[]): T | undefined => {
  const row = prepared(sql).get(...values) as Record<string, T> | undefined
  return row && Object.values(row)[0]
}
