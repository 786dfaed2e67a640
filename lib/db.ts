import { mkdirSync } from 'node:fs'
import Database from 'better-sqlite3'
import { env } from './env'
import type { PrismaClient } from './generated/prisma/client'
import { taught } from './sql-function'

type Held = { prisma?: Promise<PrismaClient>; decisions?: Promise<PrismaClient>; bulk?: Database.Database }
const held = globalThis as unknown as { recaptionDb?: Held }
const one = (held.recaptionDb ??= {})

/**
 * `timeout`: how long one statement waits for another process's lock, in ms; this process stands still meanwhile. Prisma is
 * loaded when it is first asked for: half of a second that most commands need not spend.
 */
async function openPrisma(timeout: number): Promise<PrismaClient> {
  const [{ PrismaBetterSqlite3 }, { PrismaClient }] = await Promise.all([import('@prisma/adapter-better-sqlite3'), import('./generated/prisma/client')])
  /** Every connection, also after `$disconnect`, waits for the disk: what was answered survives a power cut. */
  class Durable extends PrismaBetterSqlite3 {
    override async connect() {
      const connection = await super.connect()
      await connection.executeScript('PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON')
      return connection
    }
  }
  mkdirSync(env.home, { recursive: true })
  return new PrismaClient({ adapter: new Durable({ url: `file:${env.database}`, timeout }) })
}

/** One client a name. An opening that failed is not kept: once the disk has room again, the next call opens it. */
const kept = (name: 'prisma' | 'decisions', timeout: number): Promise<PrismaClient> =>
  (one[name] ??= openPrisma(timeout).catch((error: unknown) => {
    one[name] = undefined
    throw error
  }))

/** The database as stores see it. WAL is set by the migration runner. */
export const db = (): Promise<PrismaClient> => kept('prisma', 5000)

/**
 * The same for interactive transactions that write decisions. A connection of its own, because Prisma lets any statement
 * of a client join the transaction that is open on its connection, and be rolled back with it. It gives up on a lock soon,
 * so that a store can wait without holding the process up. Begin with a write: a read first may end in SQLITE_BUSY.
 */
export const decisions = (): Promise<PrismaClient> => kept('decisions', 25)

/**
 * The same file through prepared statements, for streams and chunks (Prisma's `createMany` costs 50 × as much a row).
 * `synchronous` is NORMAL: what it writes can be written again. Keep each transaction under 50 ms.
 */
export function bulk(): Database.Database {
  if (!one.bulk) {
    mkdirSync(env.home, { recursive: true })
    one.bulk = taught(new Database(env.database, { timeout: 5000 }))
    one.bulk.pragma('synchronous = NORMAL')
    one.bulk.pragma('foreign_keys = ON')
  }
  return one.bulk
}

/**
 * A read-only view of the database as it stands now, for streams that must not see what is decided meanwhile. Close it:
 * the log cannot be folded back into the file while it is open.
 */
export function snapshot(): Database.Database {
  const view = taught(new Database(env.database, { readonly: true, timeout: 5000 }))
  view.exec('BEGIN')
  view.prepare('SELECT count(*) FROM Reviewer').get() // a deferred transaction sees the database from its first read on
  return view
}

/** Now, in the text form in which Prisma writes dates; other forms sort wrongly beside it. */
export const now = (): string => new Date().toISOString().replace('Z', '+00:00')

/** Milliseconds since 1970 by the database's clock, for leases. */
export const DB_CLOCK = `((julianday('now') - 2440587.5) * 86400000.0)`

export async function closeDb(): Promise<void> {
  one.bulk?.close()
  one.bulk = undefined
  await Promise.all([one.prisma, one.decisions].map(async (client) => (await client)?.$disconnect()))
}

export type { Prisma } from './generated/prisma/client'
