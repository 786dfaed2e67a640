// The web server and the background worker as one unit: both start, both stop.
import './node.mjs'
import { spawn } from 'node:child_process'
import path from 'node:path'
import { prepare, root } from './prepare.mjs'
import { workerEnv } from './worker-env.mjs'

const at = (...parts) => path.join(root, ...parts)

/**
 * Runs until it is told to stop; resolves with the exit code. A worker that dies is started again, with a growing pause.
 * @param {{ port: number, host?: string, dev?: boolean, env?: Record<string, string> }} options
 */
export async function serve({ port, host = '127.0.0.1', dev = false, env = {} }) {
  await prepare({ app: !dev })
  const parts = {
    web: [at('node_modules/next/dist/bin/next'), dev ? 'dev' : 'start', '-H', host, '-p', String(port)],
    worker: dev ? [at('node_modules/tsx/dist/cli.mjs'), 'watch', '--clear-screen=false', at('lib/cli/main.ts'), 'worker'] : ['--import', 'tsx', at('lib/cli/main.ts'), 'worker'],
  }
  const children = new Map()
  const childEnv = { ...process.env, ...workerEnv, ...env, RECAPTION_PORT: String(port), TSX_TSCONFIG_PATH: at('tsconfig.json') }
  let stopping = false
  let code = 0
  const { promise, resolve } = Promise.withResolvers()

  function stop() {
    if (stopping) return
    stopping = true
    if (children.size === 0) return resolve(code)
    for (const child of children.values()) child.kill('SIGTERM')
    setTimeout(() => children.forEach((child) => child.kill('SIGKILL')), 8000).unref()
  }
  function start(name, tries = 0) {
    const began = Date.now()
    // Standard output stays the caller's: `serve --json` prints one object there.
    const child = spawn(process.execPath, parts[name], { cwd: root, stdio: ['ignore', 2, 2], env: childEnv })
    children.set(name, child)
    child.once('exit', (status, signal) => {
      children.delete(name)
      if (stopping) return children.size === 0 ? resolve(code) : undefined
      if (name === 'worker' && tries < 5) {
        console.error(`[recaption] the worker ended (${signal ?? status}); starting it again`)
        setTimeout(() => !stopping && start(name, Date.now() - began > 60_000 ? 0 : tries + 1), 500 * 2 ** tries)
        return
      }
      code = status || 1
      stop()
    })
  }
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, stop)
  // npm's shell may die without passing the signal on: then this process is re-parented.
  const parent = process.ppid
  setInterval(() => process.ppid !== parent && stop(), 500).unref()
  for (const name of Object.keys(parts)) start(name)
  return promise
}

if (import.meta.main) process.exit(await serve({ port: Number(process.env.PORT ?? 3000), dev: process.argv.includes('--dev') }))
