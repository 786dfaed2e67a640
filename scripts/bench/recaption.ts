// How much of the asked concurrency a run keeps in flight, and what a call costs the worker beside waiting, against an
// endpoint that answers in 200 ms. Endpoint, worker and this script are three processes. `npm run bench`.
import { execFile, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { loadavg, cpus } from 'node:os'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { freshHome } from '@/lib/testing'
import { report } from './result'

const SAMPLES = Number(process.argv[2] ?? 3000)
const CONCURRENCY = 32
const LATENCY_MS = 200
const script = (name: string) => fileURLToPath(new URL(name, import.meta.url))

const server = spawn(process.execPath, ['--import', 'tsx', script('./slow-endpoint.ts'), String(LATENCY_MS)], { stdio: ['ignore', 'pipe', 'inherit'] })
const [line] = (await once(server.stdout, 'data')) as [Buffer]

const { home, remove } = await freshHome()
const { seedDataset, pictureOf } = await import('@/lib/recaption/testing')
const { saveCaptioner } = await import('@/lib/captioner/store')
const { CaptionerInput } = await import('@/lib/captioner/schema')
const { requestRun } = await import('@/lib/recaption/start')

// About 50 kB each, as a JPEG of 512 px has, and small enough to be sent as it is.
const padding = randomBytes(50_000)
await seedDataset('bench', SAMPLES, { picture: (n) => pictureOf(n, { padding }) })
await saveCaptioner(CaptionerInput.parse({ captioner: 'local', label: 'Local', baseUrl: line.toString().trim(), model: 'test-model', concurrency: CONCURRENCY }))
const { run } = await requestRun({ dataset: 'bench', recipe: 'short', captioner: 'local' })

const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', script('./recaption-run.ts'), String(run)], { env: { ...process.env, RECAPTION_HOME: home } })
const { done, seconds, cpuMs, memory } = JSON.parse(stdout) as { done: number; seconds: number; cpuMs: number; memory: number[] }
const inFlight = (done * LATENCY_MS) / 1000 / seconds
const quarter = Math.ceil(memory.length / 4)
const mean = (list: readonly number[]) => Math.round(list.reduce((sum, one) => sum + one, 0) / Math.max(1, list.length))
const result = {
  samples: done,
  seconds: Number(seconds.toFixed(1)),
  callsInFlight: Number(inFlight.toFixed(1)),
  shareOfConcurrency: Number((inFlight / CONCURRENCY).toFixed(3)),
  ownMsPerCall: Number((cpuMs / done).toFixed(2)),
  rssMB: { secondQuarter: mean(memory.slice(quarter, 2 * quarter)), lastQuarter: mean(memory.slice(-quarter)), most: Math.round(Math.max(...memory)) },
  /** above 1, other work took part of the machine, and the shares above are too low */
  loadPerCore: Number((loadavg()[0] / cpus().length).toFixed(2)),
}
console.log(JSON.stringify(result))
report({ what: `recaption: calls in flight of ${CONCURRENCY}`, value: result.shareOfConcurrency * 100, unit: '%', least: 90, note: `endpoint answers in ${LATENCY_MS} ms` })
report({ what: 'recaption: own work a call', value: result.ownMsPerCall, unit: 'ms', most: 3 })
report({ what: 'recaption: peak memory of the worker', value: result.rssMB.most, unit: 'MB', most: 500 })
server.kill()
await remove()
process.exit()
