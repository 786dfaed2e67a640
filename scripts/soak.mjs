// npm run soak [-- --quick] [-- recaption|recaption-memory|review …]: the endurance tests, each in a process and a temporary home of its own.
import './node.mjs'
import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { prepare, root } from './prepare.mjs'

const SOAKS = {
  recaption: { full: ['1000', '50'], quick: ['300', '10'] },
  'recaption-memory': { full: ['100000'], quick: ['10000'] },
  review: { full: ['20000', '50'], quick: ['2000', '10'] },
  pages: { full: ['100000', '10000000'], quick: ['10000', '1000000'] },
}

const asked = process.argv.slice(2).filter((one) => !one.startsWith('--'))
const unknown = asked.find((one) => !(one in SOAKS))
if (unknown) {
  console.error(`There is no soak “${unknown}”; there are: ${Object.keys(SOAKS).join(', ')}.`)
  process.exit(2)
}
const size = process.argv.includes('--quick') ? 'quick' : 'full'
await prepare()
const outcomes = (asked.length ? asked : Object.keys(SOAKS)).map((name) => {
  const began = Date.now()
  const env = { ...process.env, TSX_TSCONFIG_PATH: path.join(root, 'tsconfig.json') }
  const { status } = spawnSync(process.execPath, ['--import', 'tsx', path.join(root, 'scripts/soak', `${name}.ts`), ...SOAKS[name][size]], { cwd: root, env, stdio: 'inherit' })
  return { name, ok: status === 0, seconds: Math.round((Date.now() - began) / 1000) }
})
for (const { name, ok, seconds } of outcomes) console.log(`${name.padEnd(12)} ${ok ? 'held' : 'BROKEN'}  ${seconds} s`)
process.exit(outcomes.every(({ ok }) => ok) ? 0 : 1)
