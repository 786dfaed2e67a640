#!/usr/bin/env node
// Drop-in stand-in for Prisma's native `schema-engine` binary, for machines that cannot download it.
// It speaks the same line-delimited JSON-RPC on stdio, and runs Prisma's own engine compiled to WebAssembly.
import './node.mjs' // started by its shebang, so possibly by the machine's old Node
import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { dirname, join } from 'node:path'

const argv = process.argv.slice(2)
const values = (flag) => argv.flatMap((a, i) => (a === flag ? [argv[i + 1]] : []))
const datasource = JSON.parse(values('--datasource')[0] ?? '{}')
const log = (level, message, extra = {}) =>
  process.stderr.write(JSON.stringify({ timestamp: new Date().toISOString(), level, fields: { message, ...extra }, target: 'schema_engine::logger' }) + '\n')

const require = createRequire(import.meta.url)
const wasmDir = dirname(require.resolve('@prisma/schema-engine-wasm/schema_engine_bg'))

if (argv.includes('--version')) {
  const v = JSON.parse(readFileSync(join(wasmDir, 'package.json'), 'utf8')).version
  console.log(`schema-engine-cli ${v.split('.').pop()} (wasm)`)
  process.exit(0)
}

async function adapterFactory(url) {
  const { PrismaBetterSqlite3 } = await import('@prisma/adapter-better-sqlite3')
  return new PrismaBetterSqlite3({ url: url ?? ':memory:' })
}

const cli = argv.indexOf('cli')
if (cli >= 0) {
  try {
    const a = await (await adapterFactory(datasource.url)).connect()
    await a.dispose()
    process.exit(0)
  } catch (e) {
    log('ERROR', String(e?.message ?? e), { error_code: 'P1001' })
    process.exit(1)
  }
}

let wasm
async function loadEngine() {
  if (!wasm) {
    const bg = await import('@prisma/schema-engine-wasm/schema_engine_bg')
    const { instance } = await WebAssembly.instantiate(readFileSync(join(wasmDir, 'schema_engine_bg.wasm')), { './schema_engine_bg.js': bg })
    bg.__wbg_set_wasm(instance.exports)
    instance.exports.__wbindgen_start()
    wasm = bg.SchemaEngine
  }
  return wasm
}

// Bridges the gaps between the SQLite driver adapters and the engine's WebAssembly build.
const MIGRATIONS_TABLE = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
    "id"                    TEXT PRIMARY KEY NOT NULL,
    "checksum"              TEXT NOT NULL,
    "finished_at"           DATETIME,
    "migration_name"        TEXT NOT NULL,
    "logs"                  TEXT,
    "rolled_back_at"        DATETIME,
    "started_at"            DATETIME NOT NULL DEFAULT current_timestamp,
    "applied_steps_count"   INTEGER UNSIGNED NOT NULL DEFAULT 0
);`
const OBJECTS = `SELECT type, name FROM sqlite_master WHERE type IN ('table','view') AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '%\\_content' ESCAPE '\\'`
const query = (sql) => ({ sql, args: [], argTypes: [] })

function bridgeSqlite(target) {
  return new Proxy(target, {
    get(t, k) {
      const v = t[k]
      if (typeof v !== 'function') return v
      return async (...args) => {
        if (k === 'executeRaw' && !args[0].args.length && t.executeScript) {
          await t.executeScript(args[0].sql)
          return 0
        }
        try {
          const r = await v.apply(t, args)
          return r && typeof r.queryRaw === 'function' ? bridgeSqlite(r) : r
        } catch (e) {
          // A new database: the engine expects to see the raw driver error here; give it the empty table instead.
          if (k === 'queryRaw' && /no such table: _prisma_migrations/.test(e?.cause?.originalMessage ?? '')) {
            const { rows } = await t.queryRaw(query(OBJECTS))
            if (rows.length === 0) {
              await t.executeScript(MIGRATIONS_TABLE)
              return v.apply(t, args)
            }
          }
          throw e
        }
      }
    },
  })
}

let takeError
let started
const engine = () =>
  (started ??= (async () => {
    const SchemaEngine = await loadEngine()
    const { bindMigrationAwareSqlAdapterFactory } = await import('@prisma/driver-adapter-utils')
    const factory = bindMigrationAwareSqlAdapterFactory(bridgeSqlite(await adapterFactory(datasource.url)))
    takeError = (id) => factory.errorRegistry.consumeError(id)?.error
    const files = values('--datamodels').map((p) => [p, readFileSync(p, 'utf8')])
    return SchemaEngine.new({ datamodels: files.length ? files : undefined }, () => {}, factory)
  })())

const send = (m) => process.stdout.write(JSON.stringify({ jsonrpc: '2.0', ...m }) + '\n')
const METHOD = { getDatabaseVersion: 'version' }
let queue = Promise.resolve()
const rl = createInterface({ input: process.stdin, crlfDelay: Infinity })
rl.on('line', (line) => {
  const req = JSON.parse(line)
  if (!req.method) return
  queue = queue.then(async () => {
    try {
      const e = await engine()
      if (req.method === 'reset') {
        // The engine's own reset leaves SQLite tables in place under WebAssembly.
        const a = await (await adapterFactory(datasource.url)).connect()
        const { rows } = await a.queryRaw(query(`SELECT type, name FROM sqlite_master WHERE type IN ('view','trigger') OR (type='table' AND name NOT LIKE 'sqlite_%' AND (sql LIKE 'CREATE VIRTUAL%' OR name NOT IN (SELECT s.name FROM pragma_table_list s WHERE s.type='shadow'))) ORDER BY type='table', sql NOT LIKE 'CREATE VIRTUAL%'`))
        await a.executeScript('PRAGMA foreign_keys=OFF;' + rows.map(([type, name]) => `DROP ${type} IF EXISTS "${name.replaceAll('"', '""')}";`).join('\n') + 'VACUUM;PRAGMA foreign_keys=ON;')
        await a.dispose()
        send({ id: req.id, result: {} })
        return
      }
      // These two know the migrated schema only from the engine's cache, which the diagnosis fills.
      if (req.method === 'evaluateDataLoss' || req.method === 'createMigration') {
        const { migrationsList, filters } = req.params
        await e.devDiagnostic({ migrationsList, filters })
      }
      const result = await e[METHOD[req.method] ?? req.method](req.params)
      if (req.method === 'diff' && result?.stdout != null) send({ id: 1, method: 'print', params: { content: result.stdout } })
      send({ id: req.id, result: result ?? {} })
    } catch (err0) {
      let err = err0
      const id = /External error id#(\d+)/.exec(String(err0?.message ?? err0))?.[1]
      if (id) err = takeError(Number(id)) ?? err0
      send({ id: req.id, error: { code: 4466, message: String(err?.message ?? err), data: { is_panic: false, message: String(err?.message ?? err), meta: err?.meta ?? {}, error_code: err?.code ?? '' } } })
    }
  })
})
rl.on('close', () => queue.then(() => process.exit(0)))
