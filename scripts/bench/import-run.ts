// The measured process: imports one source into its home and prints what it cost and how long it held the database.
import type { Statement } from 'better-sqlite3'
import path from 'node:path'
import { migrate } from '../migrate.mjs'

migrate(path.join(process.env.RECAPTION_HOME ?? '', 'recaption.db'))
const { bulk } = await import('@/lib/db')
const db = bulk()
let longest = { ms: 0, cpuMs: 0 }
function timed<A extends unknown[], R>(run: (...args: A) => R): (...args: A) => R {
  return (...args) => {
    const from = performance.now()
    const before = process.cpuUsage()
    try {
      return run(...args)
    } finally {
      const { user, system } = process.cpuUsage(before)
      longest = { ms: Math.max(longest.ms, performance.now() - from), cpuMs: Math.max(longest.cpuMs, (user + system) / 1000) }
    }
  }
}
const make = db.transaction.bind(db) as (run: (...args: unknown[]) => unknown) => ReturnType<typeof db.transaction>
Object.assign(db, { transaction: (run: (...args: unknown[]) => unknown) => Object.assign(timed(make(run)), { immediate: timed(make(run).immediate) }) })
const prepare = db.prepare.bind(db)
const timedText = (statement: Statement) => Object.assign(statement, { run: timed(statement.run.bind(statement)) })
Object.assign(db, { prepare: (text: string) => (text.includes('INTO caption_fts') ? timedText(prepare(text)) : prepare(text)) })

const { importNow } = await import('@/lib/import/run')
const { added } = await importNow({ source: process.argv[2], dataset: 'bench', copy: false }, { trusted: true })
const { user, system } = process.cpuUsage()
console.log(JSON.stringify({ added, mb: Math.round(process.resourceUsage().maxRSS / 1024), cpuMs: Math.round((user + system) / 1000), lock: longest }))
