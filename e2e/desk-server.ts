import { spawn, type ChildProcess } from 'node:child_process'
import path from 'node:path'
import { expect } from '@playwright/test'
import { HOME } from './desk-data'

const root = path.join(import.meta.dirname, '..')

/** A web server of its own over the same home, which may be killed; `env` says how it is open. Answers once it listens. */
export async function webServer(port: number, env: Record<string, string> = {}): Promise<ChildProcess> {
  const all = { ...process.env, RECAPTION_HOME: HOME, RECAPTION_CACHE: path.join(root, 'node_modules/.cache/recaption'), RECAPTION_PORT: String(port), ...env }
  const child = spawn(process.execPath, [path.join(root, 'node_modules/next/dist/bin/next'), 'start', '-H', '127.0.0.1', '-p', String(port)], { cwd: root, env: all, stdio: 'ignore' })
  await expect.poll(() => fetch(`http://127.0.0.1:${port}/api/v1/datasets`).then(() => true, () => false), { timeout: 60_000 }).toBe(true)
  return child
}

export const killed = (child: ChildProcess) =>
  new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
    child.kill('SIGKILL')
  })
