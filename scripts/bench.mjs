// npm run bench [-- --quick] [-- import|pages|export|blend|recaption|desk …]: measures everything that has a limit, each bench in a
// process and a temporary home of its own, and prints one table. Floors are measured in the same run: ratios, not
// milliseconds, are what another machine can compare.
import './node.mjs'
import { spawn } from 'node:child_process'
import { cpus, loadavg } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { prepare, root } from './prepare.mjs'

const BENCHES = {
  import: { full: ['1000000', '10000'], quick: ['100000', '1000'] },
  pages: { full: ['1000000'], quick: ['100000'] },
  export: { full: ['1000000', '3000'], quick: ['100000', '500'] },
  blend: { full: ['1000000'], quick: ['100000'] },
  recaption: { full: ['3000', '20000', '600'], quick: ['1000', '3000', '200'] },
  desk: { full: ['1000000'], quick: ['100000'] },
}

const asked = process.argv.slice(2).filter((one) => !one.startsWith('--'))
const unknown = asked.find((one) => !(one in BENCHES))
if (unknown) {
  console.error(`There is no bench “${unknown}”; there are: ${Object.keys(BENCHES).join(', ')}.`)
  process.exit(2)
}
const size = process.argv.includes('--quick') ? 'quick' : 'full'
await prepare()

/** Runs one bench; its results are kept, whatever else it says is passed on. */
async function measure(name) {
  const began = Date.now()
  const env = { ...process.env, TSX_TSCONFIG_PATH: path.join(root, 'tsconfig.json') }
  const child = spawn(process.execPath, ['--import', 'tsx', path.join(root, 'scripts/bench', `${name}.ts`), ...BENCHES[name][size]], { cwd: root, env, stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise((resolve) => child.on('close', resolve))
  const results = []
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith('{"result":')) results.push(JSON.parse(line).result)
    else console.log(`   ${line}`)
  }
  const code = await ended
  if (code !== 0 && results.every(kept)) results.push({ what: `${name}: ended with code ${code}`, value: Number.NaN, unit: '' })
  console.log(`── ${name}: ${((Date.now() - began) / 1000).toFixed(0)} s`)
  return results
}

const kept = ({ value, most = Infinity, least = -Infinity }) => value <= most && value >= least
const shown = (value, unit) => (Number.isNaN(value) ? '–' : `${value} ${unit}`)
const limitOf = ({ most, least, unit }) => (most !== undefined ? `≤ ${shown(most, unit)}` : least !== undefined ? `≥ ${shown(least, unit)}` : '')

const results = []
for (const name of asked.length ? asked : Object.keys(BENCHES)) results.push(...(await measure(name)))
const rows = results.map((one) => [one.what, shown(one.value, one.unit), limitOf(one), kept(one) ? 'kept' : 'MISSED', [one.floor, one.note].filter(Boolean).join('; ')])
const head = ['what', 'measured', 'limit', '', 'floor of the same run']
const widths = head.map((_, i) => Math.max(...[head, ...rows].map((row) => row[i].length)))
console.log(`\n${cpus()[0].model.trim()}, ${cpus().length} cores, Node ${process.version}, ${new Date().toISOString().slice(0, 10)}, ${size} sizes`)
for (const row of [head, widths.map((width) => '-'.repeat(width)), ...rows]) console.log(`| ${row.map((cell, i) => cell.padEnd(widths[i])).join(' | ')} |`)
const load = loadavg()[0] / cpus().length
if (load > 1.2) console.log(`\nOther work ran on this machine meanwhile (load ${load.toFixed(1)} a core): wall times are too long, ratios too high.`)
process.exit(results.every(kept) ? 0 : 1)
