// How much of the asked concurrency a run keeps in flight, and what a call costs this process beside waiting, against an
// endpoint that answers in 200 ms from a process of its own. `npm run bench`.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { randomBytes } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { freshHome } from '@/lib/testing'

const SAMPLES = Number(process.argv[2] ?? 3000)
const CONCURRENCY = 32
const LATENCY_MS = 200

const server = spawn(process.execPath, ['--import', 'tsx', fileURLToPath(new URL('./slow-endpoint.ts', import.meta.url)), String(LATENCY_MS)], { stdio: ['ignore', 'pipe', 'inherit'] })
const [line] = (await once(server.stdout, 'data')) as [Buffer]
const baseURL = line.toString().trim()

const { remove } = await freshHome()
const { seedDataset, pictureOf } = await import('@/lib/recaption/testing')
const { saveCaptioner } = await import('@/lib/captioner/store')
const { CaptionerInput } = await import('@/lib/captioner/schema')
const { requestRun } = await import('@/lib/recaption/start')
const { executeRun } = await import('@/lib/recaption/run')
const { runProgress } = await import('@/lib/recaption/progress-store')

// About 50 kB each, as a JPEG of 512 px has.
const noise = randomBytes(50_000)
await seedDataset('bench', SAMPLES, { picture: (n) => pictureOf(n, { padding: noise }) })
await saveCaptioner(CaptionerInput.parse({ captioner: 'local', label: 'Local', baseUrl: baseURL, model: 'test-model', concurrency: CONCURRENCY }))
const { run } = await requestRun({ dataset: 'bench', recipe: 'short', captioner: 'local' })

const memory: number[] = []
const timer = setInterval(() => memory.push(process.memoryUsage().rss / 2 ** 20), 500)
const before = process.cpuUsage()
const began = performance.now()
await executeRun(run, { signal: new AbortController().signal, owner: 'bench' })
const seconds = (performance.now() - began) / 1000
const used = process.cpuUsage(before)
clearInterval(timer)

const { done } = runProgress(run)
const inFlight = (done * LATENCY_MS) / 1000 / seconds
const third = Math.ceil(memory.length / 3)
const mean = (list: readonly number[]) => Math.round(list.reduce((sum, one) => sum + one, 0) / Math.max(1, list.length))
const result = {
  samples: done,
  seconds: Number(seconds.toFixed(1)),
  callsInFlight: Number(inFlight.toFixed(1)),
  shareOf32: Number((inFlight / CONCURRENCY).toFixed(3)),
  ownMsPerCall: Number(((used.user + used.system) / 1000 / done).toFixed(2)),
  rssMB: { firstThird: mean(memory.slice(0, third)), lastThird: mean(memory.slice(-third)), most: Math.round(Math.max(...memory)) },
}
console.log(JSON.stringify(result, null, 2))
server.kill()
await remove()
const wrong = [result.shareOf32 < 0.9 && 'fewer than 90 % of 32 calls in flight', result.ownMsPerCall > 3 && 'more than 3 ms of own work a call', result.rssMB.most > 500 && 'more than 500 MB'].filter(Boolean)
if (wrong.length) console.error(wrong.join('; '))
process.exit(wrong.length ? 1 : 0)
