import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'

const HOME = path.join(import.meta.dirname, '../test-results/e2e-home')
const DATABASE = path.join(HOME, 'recaption.db')

/** The process of the newest worker, as its heartbeat names it. */
function workerPid(): number {
  const db = new Database(DATABASE, { readonly: true })
  try {
    const owner = db.prepare(`SELECT owner FROM Heartbeat ORDER BY seenAt DESC LIMIT 1`).pluck().get() as string
    return Number(owner.split('/')[1])
  } finally {
    db.close()
  }
}

/** Ends the worker as a power cut would. Its supervisor starts another. */
export const killWorker = (): void => void process.kill(workerPid(), 'SIGKILL')

/** Files of the home in which a text stands in the clear. */
export const filesWith = (text: string): string[] =>
  readdirSync(HOME, { recursive: true, withFileTypes: true }).flatMap((one) => (one.isFile() && !one.name.endsWith('.part') && readFileSync(path.join(one.parentPath, one.name)).includes(text) ? [one.name] : []))
