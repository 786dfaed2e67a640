// One entry for a fresh clone: installs what is missing, then does what was asked. Built-ins only; any Node ≥ 18 may
// start it, and every step after `npm ci` runs on the pinned Node.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { orStop, pinned, tooOld } from './node-pin.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const began = Date.now()
const say = (message) => console.log(`[${((Date.now() - began) / 1000).toFixed(0).padStart(3)} s] ${message}`)
const at = (...parts) => path.join(root, ...parts)

const stamp = at('node_modules', '.recaption-installed')
const lock = createHash('sha256').update(readFileSync(at('package-lock.json'))).digest('hex') + process.platform + process.arch
if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== lock) {
  say('installing packages (npm ci)')
  const npm = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: root, stdio: 'inherit' })
  if (npm.status !== 0) process.exit(npm.status ?? 1)
  writeFileSync(stamp, lock)
}

const node = existsSync(pinned) ? pinned : process.execPath
if (node === process.execPath && tooOld) orStop('Install Node 24: the pinned one exists for Linux x64 only.')

const [what = 'start', ...rest] = process.argv.slice(2)
const SCRIPTS = { demo: 'demo.mjs', start: 'serve.mjs', dev: 'serve.mjs', test: 'test.mjs', bench: 'bench.mjs', soak: 'soak.mjs', evaluate: 'evaluate.mjs' }
if (!(what in SCRIPTS)) orStop(`There is no “${what}”; there are: ${Object.keys(SCRIPTS).join(', ')}.`)

// The caller's folder is where relative paths in arguments start; npm changes to the package's and says where it was.
const env = { ...process.env, PATH: path.dirname(pinned) + path.delimiter + process.env.PATH, RECAPTION_BEGAN: String(began) }
const args = [at('scripts', SCRIPTS[what]), ...(what === 'dev' ? ['--dev'] : []), ...rest]
const child = spawn(node, args, { cwd: root, stdio: 'inherit', env })
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
const parent = process.ppid
setInterval(() => process.ppid !== parent && child.kill('SIGTERM'), 500).unref()
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 130 : 1)))
