// How much of the asked concurrency a run keeps in flight, what a call costs the worker beside waiting, how its memory
// grows, and how near a run that makes pictures smaller comes to what sharp allows (recaption-resized.ts). The endpoint
// answers in 200 ms; endpoint, worker and this script are processes of their own. `npm run bench recaption`.
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { cpus, loadavg } from 'node:os'
import { freshHome } from '@/lib/testing'
import { CONCURRENCY, measured, most, script, type Measured } from './recaption-measure'
import { largePictures, measureResized, roomMs, shown } from './recaption-resized'
import { report } from './result'

const [SAMPLES, MANY, RESIZED] = [3000, 20_000, 600].map((usual, i) => Number(process.argv[2 + i] ?? usual))
const LATENCY_MS = 200

const server = spawn(process.execPath, ['--import', 'tsx', script('./slow-endpoint.ts'), String(LATENCY_MS)], { stdio: ['ignore', 'pipe', 'inherit'] })
const baseURL = String((await once(server.stdout, 'data'))[0]).trim()

const { home, remove } = await freshHome()
const { env } = await import('@/lib/env')
const { seedDataset, pictureOf } = await import('@/lib/recaption/testing')
const { saveCaptioner } = await import('@/lib/captioner/store')
const { CaptionerInput } = await import('@/lib/captioner/schema')
const { requestRun } = await import('@/lib/recaption/start')
await saveCaptioner(CaptionerInput.parse({ captioner: 'local', label: 'Local', baseUrl: baseURL, model: 'test-model', concurrency: CONCURRENCY }))

async function run(dataset: string, recipe: string, more: { concurrency?: number } = {}): Promise<Measured> {
  const { run: id } = await requestRun({ dataset, recipe, captioner: 'local', ...more })
  return measured<Measured>('./recaption-run.ts', [id], { RECAPTION_HOME: home })
}

await seedDataset('large', RESIZED, { picture: await largePictures() })
const resized = await measureResized({ folder: env.store, baseURL, pictures: RESIZED, run: () => run('large', 'short') })

// About 50 kB each, as a JPEG of 512 px has, and small enough to be sent as it is.
const padding = randomBytes(50_000)
await seedDataset('ready', SAMPLES, { picture: (n) => pictureOf(n, { padding }) })
const ready = await run('ready', 'short')

// Few pictures and many texts: what is asked is different each time, and the disk is not the measure.
await seedDataset('many', MANY, { picture: (n) => pictureOf(n, { padding }), pictures: 200, alt: (n) => `alt text ${n}` })
const many = await run('many', 'realign', { concurrency: 2 * CONCURRENCY })

const share = ((ready.done * LATENCY_MS) / 1000 / ready.seconds / CONCURRENCY) * 100
console.log(JSON.stringify({ ready: { seconds: ready.seconds, most: most(ready.memory) }, many: { done: many.done, seconds: many.seconds, firstQuarter: most(many.memory.slice(0, many.memory.length / 4)), lastQuarter: most(many.memory.slice(-many.memory.length / 4)) }, loadPerCore: +(loadavg()[0] / cpus().length).toFixed(2) }))
report({ what: `recaption: calls in flight of ${CONCURRENCY}`, value: share, unit: '%', least: 90, note: `endpoint answers in ${LATENCY_MS} ms` })
report({ what: 'recaption: own work a call', value: ready.cpuMs / ready.done, unit: 'ms', most: 3 })
report({ what: `recaption: peak memory of the worker, ${ready.done.toLocaleString('en')} samples`, value: most(ready.memory), unit: 'MB', most: 500 })
report({ what: `recaption: the same, ${many.done.toLocaleString('en')} samples`, value: most(many.memory), unit: 'MB', most: 500 })
const { plain, alone, posted, run: made, memory } = resized
const floors = `sharp with its own settings ${shown(plain)}, as the run has it ${shown(alone)}, the same posted ${shown(posted)}, the run ${shown(made)}`
report({ what: 'recaption with pictures made smaller: time, of sharp alone with its own settings', value: roomMs(made) / roomMs(plain), unit: '×', most: 1.05, floor: floors, note: 'ms of one core a picture: itself + the endpoint + all else on the machine' })
report({ what: 'recaption with pictures made smaller: time, of the same calls of sharp alone', value: roomMs(made) / roomMs(alone), unit: '×', most: 1.35 })
report({ what: 'recaption with pictures made smaller: time, of sharp and sending', value: roomMs(made) / roomMs(posted), unit: '×', most: 1.2 })
report({ what: 'recaption with pictures made smaller: peak memory', value: most(memory), unit: 'MB', most: 500 })
server.kill()
await remove()
process.exit()
