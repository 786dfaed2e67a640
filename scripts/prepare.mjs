// Makes what a checkout with node_modules still lacks, once: Prisma's client, the database's tables, the production
// build. Several processes may ask at once; one works, the others wait and find it done.
import './node.mjs'
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))
const at = (...parts) => path.join(root, ...parts)
const cache = at('node_modules', '.cache', 'recaption')

process.env.RECAPTION_HOME = path.resolve(process.env.RECAPTION_HOME || 'data')
process.env.RECAPTION_CACHE ||= cache
process.env.NEXT_TELEMETRY_DISABLED ??= '1'
process.env.CHECKPOINT_DISABLE ??= '1'

const say = (message) => console.error(`[recaption] ${message}`)

/** Runs a program of node_modules on this very Node; what it prints is shown when it fails, and then this process stops. */
function runOrStop(what, args) {
  const child = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8', maxBuffer: 64 << 20, env: process.env })
  if (child.status === 0) return
  process.stderr.write(`${child.stdout ?? ''}${child.stderr ?? ''}`)
  say(`${what} failed (${child.error?.message ?? `exit ${child.status ?? child.signal}`}). What it printed stands above.`)
  process.exit(1)
}

const sleep = (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)
const alive = (pid) => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

/** Holds `name` while `work` runs. A lock whose owner is gone is taken over. */
export function locked(name, work) {
  mkdirSync(cache, { recursive: true })
  const file = path.join(cache, `${name}.lock`)
  for (let waited = false; ; ) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' })
      break
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
      const owner = Number(existsSync(file) ? readFileSync(file, 'utf8') : 0)
      if (owner && !alive(owner)) rmSync(file, { force: true })
      else if (!waited) say(`another process prepares the same (${name}); waiting for it`)
      waited = true
      sleep(200)
    }
  }
  try {
    return work()
  } finally {
    rmSync(file, { force: true })
  }
}

const hashOf = (...files) => files.reduce((hash, file) => hash.update(readFileSync(at(file))), createHash('sha256')).digest('hex')

function prismaClient() {
  const stamp = at('lib/generated/prisma/.stamp')
  const wanted = hashOf('package-lock.json', 'prisma/schema.prisma')
  const fresh = () => existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted
  if (fresh()) return
  locked('prisma', () => {
    if (fresh()) return
    say('making the database client')
    runOrStop('prisma generate', [at('node_modules/prisma/build/index.js'), 'generate'])
    writeFileSync(stamp, wanted)
  })
}

/** The newest change among what a build is made of, ms. */
function newest(file) {
  if (file.includes('generated')) return 0
  const found = statSync(file)
  return found.isDirectory() ? Math.max(0, ...readdirSync(file).map((name) => newest(path.join(file, name)))) : found.mtimeMs
}
const SOURCES = ['app', 'components', 'lib', 'prisma/schema.prisma', 'package-lock.json', 'next.config.mjs', 'postcss.config.mjs', 'instrumentation.ts', 'proxy.ts', 'tsconfig.json']

function build() {
  const id = at('.next/BUILD_ID')
  const fresh = () => existsSync(id) && statSync(id).mtimeMs > Math.max(...SOURCES.map((name) => at(name)).filter((file) => existsSync(file)).map(newest))
  if (fresh()) return
  locked('build', () => {
    if (fresh()) return
    say('building the app')
    runOrStop('next build', [at('node_modules/next/dist/bin/next'), 'build'])
  })
}

/** The describer's weights, converted once. A source that changed is said here and refused when the describer is used. */
async function weights() {
  const { prepareModels } = await import('./models.mjs')
  try {
    const { dir, made } = await prepareModels(process.env.RECAPTION_CACHE)
    if (made) say(`converted the built-in describer's weights: ${dir}`)
  } catch (error) {
    say(error.message)
  }
}

/** The system's and SQLite's own errors do not say which file they speak of. */
function openable(migrate) {
  const file = path.join(process.env.RECAPTION_HOME, 'recaption.db')
  try {
    return migrate(file)
  } catch (cause) {
    if (!cause.code) throw cause
    throw new Error(`The database ${file} cannot be opened: ${cause.message}. Mend it, restore a backup, or set RECAPTION_HOME to another folder.`, { cause })
  }
}

/** Everything `bin/recaption` and the npm scripts rely on; cheap when nothing is to be done. */
export async function prepare({ app = false } = {}) {
  prismaClient()
  const { migrate } = await import('./migrate.mjs')
  for (const name of openable(migrate)) say(`database: applied ${name}`)
  await weights()
  if (app) build()
}
