import type Database from 'better-sqlite3'

/** A function that statements may call: the same answer for the same texts. */
type SqlFunction = (...texts: string[]) => string | number
/** All that were told of, and the open connections, which know them. */
type Held = { functions: Map<string, SqlFunction>; connections: Set<Database.Database> }
const held = globalThis as unknown as { recaptionSql?: Held }
const { functions, connections } = (held.recaptionSql ??= { functions: new Map(), connections: new Set() })

const teach = (connection: Database.Database, name: string, of: SqlFunction) => connection.function(name, { deterministic: true }, of)
function forgetClosed(): void {
  for (const connection of connections) if (!connection.open) connections.delete(connection)
}

/** Lets the statements of every connection in `lib/db.ts` call a function by this name. To be called where such statements are written, as the file is loaded. */
export function sqlFunction(name: string, of: SqlFunction): void {
  if (functions.has(name)) return
  functions.set(name, of)
  forgetClosed()
  for (const connection of connections) teach(connection, name, of)
}

/** The connection, with all functions that there are and will be. */
export function taught(connection: Database.Database): Database.Database {
  for (const [name, of] of functions) teach(connection, name, of)
  forgetClosed()
  connections.add(connection)
  return connection
}
