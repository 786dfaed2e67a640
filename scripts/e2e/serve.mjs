// The app for the browser tests: a home of its own, made anew, with the sample dataset recaptioned and checked.
import '../node.mjs'
import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
process.env.RECAPTION_HOME = path.join(root, 'test-results', 'e2e-home')
rmSync(process.env.RECAPTION_HOME, { recursive: true, force: true })

const { makeSample } = await import('../sample/make.mjs')
const { serve } = await import('../serve.mjs')
const folder = path.join(process.env.RECAPTION_HOME, 'sample')
await makeSample(folder)

for (const args of [
  ['import', folder, '--dataset', 'sample'],
  ['run', '--dataset', 'sample', '--recipe', 'short', '--yes'],
  ['run', '--dataset', 'sample', '--recipe', 'detailed', '--yes'],
  ['check', '--dataset', 'sample'],
]) {
  const { status } = spawnSync(process.execPath, [path.join(root, 'bin/recaption'), ...args], { cwd: root, stdio: ['ignore', 2, 2], env: process.env })
  if (status !== 0) process.exit(status ?? 1)
}
process.exit(await serve({ port: Number(process.argv[2]), env: { OPENAI_BASE_URL: '', OPENAI_API_KEY: '' } }))
