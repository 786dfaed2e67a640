// npm test: types, lint, unit and contract tests, browser tests. Ends with one plain line for the whole.
import './node.mjs'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { ensureBrowser } from './browser.mjs'
import { prepare, root } from './prepare.mjs'

const at = (...parts) => path.join(root, ...parts)
const results = at('test-results')
rmSync(results, { recursive: true, force: true })
mkdirSync(results, { recursive: true })
process.env.RECAPTION_HOME = path.join(results, 'home') // never a person's own data

let passed = 0
let failed = 0
const began = Date.now()
const run = (title, args, env = {}) => {
  console.log(`\n── ${title} (${((Date.now() - began) / 1000).toFixed(0)} s)`)
  return spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } }).status === 0
}
const one = (title, args) => (run(title, args) ? passed++ : failed++)

/** Adds a runner's own counts from its JSON report; a report that is missing is a failure. */
function add(file, count, ok) {
  const [good, bad] = existsSync(file) ? count(JSON.parse(readFileSync(file, 'utf8'))) : [0, 1]
  passed += good
  failed += Math.max(bad, ok ? 0 : 1)
}

await prepare()
one('types', [at('node_modules/typescript/bin/tsc'), '--noEmit'])
one('lint', [at('node_modules/eslint/bin/eslint.js'), '.', '--cache', '--cache-location', at('node_modules/.cache/eslint/')])

const unit = path.join(results, 'unit.json')
const unitOk = run('unit and contract tests', [at('node_modules/vitest/vitest.mjs'), 'run', '--reporter=dot', '--reporter=json', `--outputFile.json=${unit}`])
add(unit, (report) => [report.numPassedTests, report.numFailedTests], unitOk)

await ensureBrowser()
await prepare({ app: true })
const browser = path.join(results, 'browser.json')
const browserOk = run('browser tests', [at('node_modules/@playwright/test/cli.js'), 'test', '--reporter=list,json'], { PLAYWRIGHT_JSON_OUTPUT_NAME: browser })
add(browser, (report) => [report.stats.expected + report.stats.flaky, report.stats.unexpected], browserOk)

console.log(`\n${passed} passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)
