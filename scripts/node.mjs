// First import of every file that people may start by hand. On a Node that is too old it runs the same program again
// under the pinned one: better-sqlite3 ends an old Node without a word. Synchronous on purpose: behind a top-level
// await the importer's other imports would load meanwhile.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { constants } from 'node:os'
import { orStop, pinned, tooOld } from './node-pin.mjs'

if (tooOld) {
  if (!existsSync(pinned)) orStop('Run `npm ci` first (it brings Node 24 on Linux x64), or install Node 24.')
  if (process.env.NODE_PINNED) orStop('node_modules/.bin/node is not the pinned Node: run `npm ci` again.')
  const child = spawnSync(pinned, [...process.execArgv, ...process.argv.slice(1)], { stdio: 'inherit', env: { ...process.env, NODE_PINNED: '1' } })
  process.exit(child.status ?? 128 + (constants.signals[child.signal] ?? 1))
}
