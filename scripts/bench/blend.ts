// The blend and the insights at many samples, over HTTP: `tsx scripts/bench/blend.ts [samples]`. Every sample has an alt
// text, every second one a written caption. The handlers answer behind a plain HTTP server in a process of its own.
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { axisOf, bars } from '@/components/chart/bins'
import { preview, type Group } from '@/lib/blend/preview'
import { BlendSpec } from '@/lib/blend/schema'
import { freshHome } from '@/lib/testing'
import { report, spread } from './result'
import { captionOf } from './words'

const samples = Number(process.argv[2] ?? 1_000_000)
const { home, remove } = await freshHome()
const { manySamples } = await import('./many-samples')
const { insertCaptions } = await import('@/lib/caption/store')
const { bulk } = await import('@/lib/db')

const datasetId = await manySamples('bench', samples, false)
const page = bulk().prepare(`SELECT id FROM Sample WHERE datasetId = ? AND id > ? AND id % 2 = 0 ORDER BY id LIMIT 5000`).pluck()
for (let ids = page.all(datasetId, 0) as number[]; ids.length > 0; ids = page.all(datasetId, ids[ids.length - 1]) as number[])
  bulk().transaction(() => insertCaptions(ids.map((sampleId) => ({ datasetId, sampleId, text: captionOf(sampleId + 7_000_000), kind: 'short', origin: 'model', model: 'vl', recipe: 'short@1' })))).immediate()
const captions = bulk().prepare(`SELECT count(*) FROM Caption`).pluck().get() as number

const server = spawn(process.execPath, ['--import', 'tsx', fileURLToPath(new URL('./blend-server.ts', import.meta.url))], { env: { ...process.env, RECAPTION_HOME: home }, stdio: ['ignore', 'pipe', 'inherit', 'ipc'] })
const port = await new Promise<string>((resolve) => server.stdout?.once('data', (text: Buffer) => resolve(text.toString().trim())))

let cpuMs = 0
let peakMb = 0
let bytes = 0
async function ask<T>(door: string, body?: object): Promise<T> {
  // the pass over all captions answers after minutes: no limit on the wait
  const answer = await fetch(`http://127.0.0.1:${port}/bench/${door}`, body && { method: 'POST', body: JSON.stringify(body) })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${door}: ${answer.status} ${text}`)
  cpuMs = Number(answer.headers.get('x-cpu-us')) / 1000
  peakMb = Number(answer.headers.get('x-peak-mb'))
  bytes = text.length
  return JSON.parse(text) as T
}
async function once(run: () => unknown): Promise<number> {
  const from = performance.now()
  await run()
  return performance.now() - from
}
async function often(times: number, run: (i: number) => unknown): Promise<{ median: number; p95: number }> {
  await run(0)
  const took: number[] = []
  for (let i = 0; i < times; i++) took.push(await once(() => run(i)))
  return spread(took)
}
const shown = (count: number) => count.toLocaleString('en')
const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`
type Lengths = { lengths: { groups: Group[] } | null }

try {
  const floor = await once(() => { for (const text of bulk().prepare(`SELECT text FROM Caption ORDER BY id`).pluck().iterate() as IterableIterator<string>) text.split(/\s+/) })
  const idle = (await ask('insights'), peakMb)
  const pass = await once(() => ask('measure', {}))
  report({ what: `insights: one pass over ${shown(captions)} captions`, value: pass / floor, unit: '×', floor: `read and split at white space ${seconds(floor)}`, note: `${seconds(pass)}, tokens counted on the way, processor ${seconds(cpuMs)}` })
  report({ what: 'the same, peak memory', value: peakMb, unit: 'MB', most: 700, note: `${idle} MB before it` })
  const opened = await often(50, () => ask('insights'))
  report({ what: 'insights opened, 95th percentile', value: opened.p95, unit: 'ms', most: 200, note: `rows read, ${Math.round(bytes / 1000)} kB; median ${opened.median.toFixed(1)} ms` })

  const first = await once(() => ask('blend/lengths', { measure: true }))
  const stored = await often(50, () => ask('blend/lengths', {}))
  report({ what: 'blend: the stored lengths, 95th percentile', value: stored.p95, unit: 'ms', most: 200, note: `${shown(bytes)} bytes; median ${stored.median.toFixed(1)} ms; measuring them once ${seconds(first)}` })
  const { lengths } = await ask<Lengths>('blend/lengths', {})
  const groups = lengths?.groups ?? []
  const axis = axisOf(groups.flatMap((group) => Object.values(group.lengths)).map((counts) => ({ counts })), 40)
  const redraw = await often(101, (i) => {
    const seen = preview(groups, BlendSpec.parse({ p: i / 101 }))
    return bars([{ id: 'originals', label: '', counts: seen.originals }, { id: 'blend', label: '', counts: seen.lengths }], axis)
  })
  report({ what: 'blend: p moved, the chart computed anew, 95th percentile', value: redraw.p95, unit: 'ms', most: 200, note: `of ${shown(samples)} samples, no request; median ${redraw.median.toFixed(2)} ms` })
  const twenty = await often(10, (i) => ask('blend/samples', { p: i / 10 }))
  report({ what: 'blend: twenty samples as the trainer sees them, median', value: twenty.median, unit: 'ms', most: 200 })
  const exact = await once(() => ask('blend/counts', { p: 0.9 }))
  report({ what: 'blend: the exact counts that follow', value: exact / floor, unit: '×', floor: `read and split at white space ${seconds(floor)}`, note: `${seconds(exact)}, peak memory ${peakMb} MB` })
} finally {
  server.kill()
  await remove()
}
