// npm run demo [-- <folder>]: the whole road up to the desk, on the sample dataset or on a person's own pictures, then
// the app on a free loopback port. Each step is the command line's own, and does nothing the second time.
import './node.mjs'
import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import path from 'node:path'
import { prepare, root } from './prepare.mjs'
import { makeSample } from './sample/make.mjs'
import { serve } from './serve.mjs'

const began = Number(process.env.RECAPTION_BEGAN ?? Date.now())
const stamp = () => `[${((Date.now() - began) / 1000).toFixed(0).padStart(3)} s]`
const say = (message) => console.log(`${stamp()} ${message}`)
const folder = process.argv[2]
const dataset = folder ? path.basename(path.resolve(process.env.INIT_CWD ?? '.', folder)).replace(/[^\p{L}\p{N} ._-]/gu, '-') : 'sample'

/** One verb of the command line in a process of its own; resolves with its JSON. */
function recaption(...args) {
  const child = spawn(process.execPath, [path.join(root, 'bin/recaption'), ...args, '--json'], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] })
  const { promise, resolve } = Promise.withResolvers()
  const chunks = []
  child.stdout.on('data', (chunk) => chunks.push(chunk))
  child.on('exit', (code) => {
    if (code !== 0) process.exit(code ?? 130)
    resolve(JSON.parse(Buffer.concat(chunks).toString()))
  })
  return promise
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address()
  await new Promise((resolve) => server.close(resolve))
  return port
}

async function makeReady() {
  let source = folder && path.resolve(process.env.INIT_CWD ?? '.', folder)
  if (!source) {
    source = path.join(process.env.RECAPTION_HOME, 'sample')
    say(`the sample dataset: ${await makeSample(source)} pictures`)
  }
  const brought = await recaption('import', source, '--dataset', dataset)
  say(`imported: ${brought.added} new, ${brought.skipped} known, ${brought.problems.length} problems`)
  for (const problem of brought.problems.slice(0, 3)) say(`  problem: ${problem.path}${problem.line ? `, line ${problem.line}` : ''}: ${problem.why}`)
  for (const recipe of ['short', 'detailed']) {
    const run = await recaption('run', '--dataset', dataset, '--recipe', recipe, '--yes')
    say(`recaptioned by the built-in describer, ${recipe}: ${run.done} written, ${run.skipped} skipped, ${run.failed} failed`)
  }
  const checked = await recaption('check', '--dataset', dataset)
  say(`checked: ${checked.flagged} of ${checked.checked} samples flagged`)
}

await prepare({ app: true })
say('ready')
await makeReady()
const port = Number(process.env.PORT) || (await freePort())
const address = `http://127.0.0.1:${port}/datasets/${encodeURIComponent(dataset)}`
const running = serve({ port })
const isUp = () => fetch(`http://127.0.0.1:${port}/api/v1/datasets`).then((answer) => answer.ok, () => false)
let ended = false
void running.then(() => (ended = true))
while (!ended && !(await isUp())) await new Promise((resolve) => setTimeout(resolve, 200))
if (!ended) console.log(`${stamp()} open ${address}\n\n  Ctrl-C stops everything.\n`)
process.exit(await running)
