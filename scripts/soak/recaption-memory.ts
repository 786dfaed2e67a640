// Memory of a worker over 100,000 samples, which must be what it is over a thousand: `npm run soak recaption-memory`.
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { freshHome } from '@/lib/testing'
import { measured, most, script, type Measured } from '../bench/recaption-measure'

const SAMPLES = Number(process.argv[2] ?? 100_000)
const LIMIT_MB = 500
const CONCURRENCY = 64

const server = spawn(process.execPath, ['--import', 'tsx', script('./slow-endpoint.ts'), '100'], { stdio: ['ignore', 'pipe', 'inherit'] })
const [line] = (await once(server.stdout, 'data')) as [Buffer]
const { home, remove } = await freshHome()
const { seedDataset, pictureOf } = await import('@/lib/recaption/testing')
const { saveCaptioner } = await import('@/lib/captioner/store')
const { CaptionerInput } = await import('@/lib/captioner/schema')
const { requestRun } = await import('@/lib/recaption/start')
await saveCaptioner(CaptionerInput.parse({ captioner: 'local', label: 'Local', baseUrl: line.toString().trim(), model: 'test-model', concurrency: CONCURRENCY }))
const padding = randomBytes(50_000)

async function run(name: string, samples: number): Promise<Measured> {
  // Few pictures and many texts: each question is another one.
  await seedDataset(name, samples, { picture: (n) => pictureOf(n, { padding }), pictures: 200, alt: (n) => `${name} ${n}` })
  const { run: id } = await requestRun({ dataset: name, recipe: 'realign', captioner: 'local' })
  return measured<Measured>('./recaption-run.ts', [id], { RECAPTION_HOME: home })
}

const few = await run('few', 1000)
console.error(`1,000 samples: ${most(few.memory)} MB`)
const many = await run('many', SAMPLES)
const tenths = Array.from({ length: 10 }, (_, i) => most(many.memory.slice(Math.floor((i * many.memory.length) / 10), Math.floor(((i + 1) * many.memory.length) / 10) || 1)))
const outcome = { samples: many.done, seconds: Math.round(many.seconds), few: most(few.memory), peak: most(many.memory), tenths, ownMsPerCall: +(many.cpuMs / many.done).toFixed(2) }
const wrong = [
  ...(many.done === SAMPLES ? [] : [`${many.done} of ${SAMPLES} samples were written`]),
  ...(outcome.peak < LIMIT_MB ? [] : [`the peak of ${outcome.peak} MB is above ${LIMIT_MB}`]),
  ...(tenths[9] < tenths[1] * 1.2 ? [] : [`memory grows: ${tenths[1]} MB in the second tenth, ${tenths[9]} in the last`]),
]
console.log(JSON.stringify({ ...outcome, wrong }, null, 2))
server.kill()
await remove()
process.exit(wrong.length ? 1 : 0)
